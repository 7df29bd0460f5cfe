"""用U盘往来: four steps with a drawing each, from plugging the stick in to reading what came back.

`carrier.page.CarrierPage(desk, lanes, going, courier)`; nothing on a stick is ever changed, and leaving is always safe.
"""
