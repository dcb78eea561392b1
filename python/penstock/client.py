"""The client. One may be used by several threads as far as ``requests`` sessions may."""

import base64
import datetime
import decimal
import json
import math
from dataclasses import dataclass
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import requests

from penstock.error import PenstockError

_PARQUET = "application/vnd.apache.parquet"
_ROWS_PER_PUSH = 50_000


@dataclass(frozen=True)
class Receipt:
    """What became of pushed rows. ``quarantined`` has an index, code and message for each."""

    accepted: int
    duplicates: int
    quarantined: list
    position: str


@dataclass(frozen=True)
class OnlineFeatures:
    """Features for each row asked about, with the moment ``q`` they are of.

    ``values`` and ``statuses`` have a list for each ``view__feature``.
    """

    q: str
    clock: str
    positions: dict
    fingerprints: dict
    values: dict
    statuses: dict

    def to_rows(self):
        """A dict for each row asked about."""
        names = list(self.values)
        return [dict(zip(names, row)) for row in zip(*self.values.values())]

    def to_arrow(self):
        """A table with a column for each feature."""
        return pa.table({name: pa.array(values) for name, values in self.values.items()})


@dataclass(frozen=True)
class Predictions:
    """Scores in the order of the rows asked about; ``ids`` name them in the log."""

    model: str
    version: str
    q: str
    clock: str
    positions: dict
    ids: list
    scores: list


class Client:
    """Speaks to one server.

    ``timeout`` (seconds) bounds the wait for each answer; historical features have no bound.
    """

    def __init__(self, url="http://127.0.0.1:7310", timeout=30):
        self._url = url.rstrip("/")
        self._timeout = timeout
        self._session = requests.Session()

    def close(self):
        """Closes the connections."""
        self._session.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def get_online_features(self, service=None, entity_rows=(), features=None, q=None):
        """Features of a service, or of references ``view:feature``, for each entity row.

        Entity rows are dicts of keys and request fields. ``q``, a moment, is for servers with
        the replay clock.
        """
        body = {"rows": [_row(row) for row in entity_rows]}
        if service is not None:
            body["service"] = service
        if features is not None:
            body["features"] = list(features)
        if q is not None:
            body["q"] = _value(q)
        answer = self._post("/v1/features", body)
        return OnlineFeatures(
            answer["q"],
            answer["clock"],
            answer["positions"],
            answer["fingerprints"],
            {f["name"]: _numbers(f["type"], f["values"]) for f in answer["features"]},
            {f["name"]: f["statuses"] for f in answer["features"]},
        )

    def get_historical_features(
        self, spine, service=None, at="event_time", features=None, keys=None, mode="as_seen"
    ):
        """The spine with a ``view__feature`` column for each feature, as of each row's moment.

        ``spine`` is a pyarrow table or a pandas data frame, and so is what comes back. ``at``
        names its column of moments; ``keys`` says which column holds a key that is called
        otherwise: ``{"airport": "origin"}``.
        """
        frame = None if isinstance(spine, pa.Table) else spine
        table = spine if frame is None else pa.Table.from_pandas(frame, preserve_index=False)
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, coerce_timestamps="us", allow_truncated_timestamps=False)
        query = [("at", at), ("mode", mode)]
        if service is not None:
            query.append(("service", service))
        query += [("feature", reference) for reference in features or ()]
        query += [("key", f"{name}={column}") for name, column in (keys or {}).items()]
        response = self._send(
            "POST",
            "/v1/historical-features",
            params=query,
            data=sink.getvalue().to_pybytes(),
            headers={"Content-Type": _PARQUET},
            timeout=(self._timeout, None),
        )
        answer = pq.read_table(pa.BufferReader(response.content))
        return answer if frame is None else answer.to_pandas()

    def push(self, source, rows, seen_time=None):
        """Pushes rows: dicts, a pyarrow table or a pandas data frame.

        Many rows go in several requests, in order. ``seen_time``, a moment, is for servers with
        the replay clock.
        """
        rows = _rows(rows)
        receipt = Receipt(0, 0, [], "")
        for start in range(0, max(len(rows), 1), _ROWS_PER_PUSH):
            body = {"rows": [_row(row) for row in rows[start : start + _ROWS_PER_PUSH]]}
            if seen_time is not None:
                body["seen_time"] = _value(seen_time)
            part = self._post(f"/v1/sources/{quote(source, safe='')}/rows", body)
            for refused in part["quarantined"]:
                refused["index"] += start
            receipt = Receipt(
                receipt.accepted + part["accepted"],
                receipt.duplicates + part["duplicates"],
                receipt.quarantined + part["quarantined"],
                part["position"],
            )
        return receipt

    def predict(self, model, rows, q=None):
        """Asks the champion of a model, or ``model@version``, about rows.

        A row may bring ``_id``, the id of the row it is about. The score is NaN where the model
        has none.
        """
        body = {"model": model, "rows": [_row(row) for row in _rows(rows)]}
        if q is not None:
            body["q"] = _value(q)
        answer = self._post("/v1/predict", body)
        return Predictions(
            answer["model"],
            answer["version"],
            answer["q"],
            answer["clock"],
            answer["positions"],
            [prediction["id"] for prediction in answer["predictions"]],
            [float(prediction["score"]) for prediction in answer["predictions"]],
        )

    def record_outcomes(self, model, outcomes):
        """Says what became of predictions: dicts of prediction_id, value and event_time.

        Returns the ids that no prediction of the model can have.
        """
        body = {"model": model, "outcomes": [_row(outcome) for outcome in outcomes]}
        return self._post("/v1/outcomes", body)["unknown"]

    def health(self):
        """Whether the server is ready, and why not."""
        response = self._request("GET", "/health")
        if response.status_code not in (200, 503):
            raise PenstockError.of(response)
        return response.json()

    def _post(self, path, body):
        return self._send(
            "POST",
            path,
            data=json.dumps(body, allow_nan=True).encode(),
            headers={"Content-Type": "application/json"},
        ).json()

    def _send(self, method, path, **how):
        response = self._request(method, path, **how)
        if response.status_code != 200:
            raise PenstockError.of(response)
        return response

    def _request(self, method, path, **how):
        how.setdefault("timeout", self._timeout)
        try:
            return self._session.request(method, self._url + path, **how)
        except requests.RequestException as error:
            raise PenstockError(
                "UNREACHABLE", f"{self._url} does not answer: {error}", "start it: penstock serve"
            ) from error


def _rows(rows):
    """A list of dicts, whatever holds the rows."""
    if isinstance(rows, pa.Table):
        return rows.to_pylist()
    if hasattr(rows, "to_dict") and hasattr(rows, "columns"):
        return pa.Table.from_pandas(rows, preserve_index=False).to_pylist()
    return list(rows)


def _row(row):
    return {name: _value(value) for name, value in row.items()}


def _value(value):
    """A value as the server reads it from JSON."""
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if hasattr(value, "tolist"):
        return _value(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    return value


def _numbers(type_name, values):
    """JSON has no NaN: the server writes it as text."""
    if type_name in ("float32", "float64"):
        return [float(value) if isinstance(value, str) else value for value in values]
    return values
