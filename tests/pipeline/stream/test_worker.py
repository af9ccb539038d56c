import asyncio
from functools import partial

from pipeline.settings import Settings
from pipeline.stream.app import make_app
from pipeline.stream.health import Health
from pipeline.stream.worker import dealt


def test_each_dealing_of_partitions_is_counted():
    """An operator sees a group that never comes to rest."""
    health = Health("clean", "live")
    app = make_app("clean", "live", Settings(_env_file=None))
    app.on_partitions_assigned.connect(partial(dealt, health), weak=False)
    asyncio.run(app.on_partitions_assigned.send(set()))
    assert health.report()["rebalances"] == 1
