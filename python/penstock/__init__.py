"""Client for Penstock: features, predictions and rows over HTTP.

>>> client = penstock.Client("http://127.0.0.1:7310")
>>> client.push("landings", [{"origin": "JFK", "delay": 12}])
>>> client.get_online_features(service="flight_delay", entity_rows=[{"origin": "JFK"}])
"""

from penstock.client import Client, OnlineFeatures, Predictions, Receipt
from penstock.error import PenstockError

__all__ = ["Client", "OnlineFeatures", "PenstockError", "Predictions", "Receipt"]
