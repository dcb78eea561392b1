import datetime
import math
import unittest

import pyarrow as pa

from penstock import Client, PenstockError
from tests.server import Server

JUNE = datetime.datetime(2001, 6, 1, tzinfo=datetime.timezone.utc)


class WallClock(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("wall").start()
        cls.client = Client(cls.server.url)

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.server.stop()

    def test_pushed_rows_are_read_back(self):
        receipt = self.client.push(
            "landings", [{"origin": "JFK", "delay": 10, "at": JUNE}, {"origin": "JFK", "delay": 20}]
        )
        answer = self.client.get_online_features(
            "flight_delay", [{"origin": "JFK", "distance": 100}, {"origin": "XXX"}]
        )

        self.assertEqual(receipt.accepted, 2)
        self.assertEqual(receipt.quarantined, [])
        self.assertEqual(answer.values["origin_delays__delay"], [15.0, None])
        self.assertEqual(answer.statuses["origin_delays__delay"], ["PRESENT", "NOT_FOUND"])
        self.assertEqual(answer.clock, "wall")
        self.assertEqual(answer.to_rows()[0]["origin_delays__landed"], 2)
        self.assertEqual(answer.to_arrow().num_rows, 2)

    def test_features_are_asked_for_by_reference(self):
        answer = self.client.get_online_features(
            features=["origin_delays:landed"], entity_rows=[{"origin": "YYY"}]
        )

        self.assertEqual(list(answer.values), ["origin_delays__landed"])

    def test_table_is_pushed_and_bad_rows_come_back_with_their_index(self):
        table = pa.table({"origin": ["BOS", None, "BOS"], "delay": pa.array([1, 2, None], pa.int64())})
        receipt = self.client.push("landings", table)

        self.assertEqual(receipt.accepted, 2)
        self.assertEqual([(r["index"], r["code"]) for r in receipt.quarantined], [(1, "NULL_VALUE")])

    def test_numbers_that_are_none_are_pushed_as_such(self):
        receipt = self.client.push("landings", [{"origin": "BOS", "weight": math.nan}])

        self.assertEqual(receipt.accepted, 1)

    def test_spine_comes_back_with_its_rows_and_types(self):
        spine = pa.table({"origin": ["JFK", "LAX"], "at": pa.array([JUNE, JUNE], pa.timestamp("us", "UTC"))})
        answer = self.client.get_historical_features(
            spine, "flight_delay", at="at", keys={"airport": "origin"}
        )

        self.assertEqual(answer, spine)

    def test_error_has_code_message_and_hint(self):
        with self.assertRaises(PenstockError) as caught:
            self.client.push("nothing", [])

        self.assertEqual(caught.exception.code, "NOT_FOUND")
        self.assertEqual(caught.exception.status, 404)
        self.assertIn("landings", caught.exception.hint)

    def test_history_error_is_an_error(self):
        with self.assertRaises(PenstockError) as caught:
            self.client.get_historical_features(pa.table({"a": [1]}), "flight_delay", at="missing")

        self.assertEqual(caught.exception.code, "COLUMN_NOT_FOUND")

    def test_server_is_ready(self):
        self.assertEqual(self.client.health()["status"], "ready")

    def test_no_server_is_unreachable(self):
        with self.assertRaises(PenstockError) as caught:
            Client("http://127.0.0.1:9").health()

        self.assertEqual(caught.exception.code, "UNREACHABLE")


class ReplayClock(unittest.TestCase):
    def setUp(self):
        self.server = Server("replay").start()
        self.client = Client(self.server.url)

    def tearDown(self):
        self.client.close()
        self.server.stop()

    def test_time_comes_with_the_request(self):
        self.client.push("landings", [{"origin": "JFK", "delay": 7}], seen_time=JUNE)
        later = JUNE + datetime.timedelta(minutes=1)
        predictions = self.client.predict(
            "late_arrival", [{"origin": "JFK", "_id": "f1"}, {"origin": "XXX"}], q=later
        )
        unknown = self.client.record_outcomes(
            "late_arrival",
            [
                {"prediction_id": predictions.ids[0], "value": 1, "event_time": later},
                {"prediction_id": "nobody", "value": 0, "event_time": later},
            ],
        )

        self.assertEqual(predictions.q, "2001-06-01T00:01:00Z")
        self.assertEqual(predictions.scores[0], 7.0)
        self.assertTrue(math.isnan(predictions.scores[1]))
        self.assertEqual(unknown, ["nobody"])

    def test_moment_that_is_not_later_is_a_conflict(self):
        self.client.push("landings", [{"origin": "JFK"}], seen_time=JUNE)
        with self.assertRaises(PenstockError) as caught:
            self.client.get_online_features("flight_delay", [{"origin": "JFK"}], q=JUNE)

        self.assertEqual(caught.exception.code, "CLOCK_CONFLICT")


if __name__ == "__main__":
    unittest.main()
