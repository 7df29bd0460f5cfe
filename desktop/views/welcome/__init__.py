"""The first day of a PC: the district's code, who works here, a secret, the recovery code, the first exchange.

`welcome.cover.WelcomeCover(arrival, lanes)` covers the window until the person goes to work.
"""
