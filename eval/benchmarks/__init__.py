"""Measurements that take longer than a test may: speed here, public sets to come, one module each."""
