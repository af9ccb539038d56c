"""The audit: what Kafka accepted, held against where it ended, id by id.

facts    what is known of one id, and the verdict on it: pure
ledger   millions of facts on disk, given back sorted by id
report   the sums by source and hour, and what is wrong
audit    the order in which everything is read, so that nothing that moves is accused
"""
