from schemas.topics import DEAD, FORGOTTEN, MAX_MESSAGE_BYTES, MAX_RECORD_BYTES, RAW, TOPICS


def test_what_must_be_kept_is_compacted_and_the_rest_expires():
    """Dead letters and takedowns keep their last word; everything else has a retention."""
    policies = {topic.name: topic.config()["cleanup.policy"] for topic in TOPICS}
    compacted = {name for name, policy in policies.items() if policy == "compact"}
    assert compacted == {DEAD.name, FORGOTTEN.name}


def test_every_topic_takes_the_largest_record():
    """A record that a producer may send fits every topic with room for its headers."""
    assert all(int(topic.config()["max.message.bytes"]) == MAX_MESSAGE_BYTES for topic in TOPICS)
    assert MAX_RECORD_BYTES + (1 << 20) <= MAX_MESSAGE_BYTES


def test_names_are_the_state_of_the_article():
    """No two topics share a name, and the raw one is called as the docs say."""
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert RAW.name == "articles.raw"


def test_no_topic_trusts_the_clock_of_a_worker():
    """The broker writes the time: else a wrong clock is refused, or retention believes it."""
    assert {topic.config()["message.timestamp.type"] for topic in TOPICS} == {"LogAppendTime"}
