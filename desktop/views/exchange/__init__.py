"""与区里同步: one sentence, trouble with its ways out, the last rounds, what waits.

`exchange.page.ExchangePage(desk, lanes, going, courier)`; `exchange.courier.Courier` runs the rounds in time.
"""
