"""What a person would write in Polars for a workload.

Usage: polars_jobs.py rolling|latest EVENTS LABELS RESULT RUNS THREADS
Prints the seconds of each run, one a line; the first run is not counted.
"""

import os
import sys
import time

job, events_path, labels_path, result, runs, threads = sys.argv[1:]
os.environ["POLARS_MAX_THREADS"] = threads

import polars as pl  # noqa: E402  (reads the number of threads when it is imported)


def rolling():
    events = pl.scan_parquet(events_path)
    labels = pl.scan_parquet(labels_path)
    both = pl.concat(
        [
            events.with_columns(id=pl.lit(None, dtype=pl.Int64)),
            labels.with_columns(v1=pl.lit(None, dtype=pl.Float64)),
        ],
        how="diagonal",
    ).sort("key", "ts")
    columns = []
    for window in ["1h", "1d", "7d", "30d"]:
        over = dict(by="ts", window_size=window, closed="left", min_samples=1)
        v = pl.col("v1")
        columns += [
            v.is_not_null().cast(pl.Int64).rolling_sum_by(**over).over("key").alias(f"count_{window}"),
            v.rolling_sum_by(**over).over("key").alias(f"sum_{window}"),
            v.rolling_mean_by(**over).over("key").alias(f"mean_{window}"),
            v.rolling_min_by(**over).over("key").alias(f"min_{window}"),
            v.rolling_max_by(**over).over("key").alias(f"max_{window}"),
        ]
    both.with_columns(columns).filter(pl.col("id").is_not_null()).collect().write_parquet(result)


def latest():
    events = pl.read_parquet(events_path)
    labels = pl.read_parquet(labels_path).sort("ts")
    labels.join_asof(
        events, on="ts", by="key", strategy="backward", allow_exact_matches=False
    ).write_parquet(result)


work = {"rolling": rolling, "latest": latest}[job]
began = time.perf_counter()
work()
is_long = time.perf_counter() - began > 45
for _ in range(1 if is_long else int(runs)):
    began = time.perf_counter()
    work()
    print(time.perf_counter() - began, flush=True)
