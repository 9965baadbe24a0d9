"""The cleaner on an engine that is not ours: a local Dask cluster, ten thousand pages, same bytes."""

import json

import pytest
from pages_kit import read_pages

from menkan.clean import clean

distributed = pytest.importorskip("distributed", reason="dask[distributed] is not installed")
PAGES = 10_000


def to_bytes(page: str) -> bytes:
    return "\n".join(json.dumps(one.to_json(), ensure_ascii=False) for one in clean(page)).encode()


def test_a_cluster_gives_the_same_bytes():
    sources = [page.source for page in read_pages("dev") if "?" not in page.source]
    pages = [f"{sources[n % len(sources)]}\n第{n}页" for n in range(PAGES)]
    batches = [pages[start : start + 250] for start in range(0, PAGES, 250)]

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        futures = client.map(lambda batch: [to_bytes(page) for page in batch], batches)
        there = [row for batch in client.gather(futures) for row in batch]

    assert there == [to_bytes(page) for page in pages]
