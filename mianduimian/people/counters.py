"""计数: how often each address posted, in a file of fixed size that all workers share; no address stands in it."""

import fcntl
import hashlib
import hmac
import mmap
import os
import struct
import threading
from pathlib import Path

ROWS = 65_536
ROW = struct.Struct("<IIII")  # the hour and its count, the minute and its count
PLACES = 2  # each address counts at two places, and the smaller count is believed
Count = tuple[int, int]


class Counters:
    """Counts by hour and by minute; two addresses that share both places are taken for one, which only makes them wait."""

    def __init__(self, path: Path, secret: str) -> None:
        self.secret = secret.encode()
        self.lock = threading.Lock()
        self.number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self.number, ROWS * ROW.size)
        self.table = mmap.mmap(self.number, ROWS * ROW.size)

    def count(self, who: str, now: float) -> Count:
        """Count one more of this hour and this minute; returns how many that makes."""
        with self.lock:
            fcntl.flock(self.number, fcntl.LOCK_EX)
            try:
                counts = [self._raise(place, int(now)) for place in self._places(who)]
            finally:
                fcntl.flock(self.number, fcntl.LOCK_UN)
        return min(hour for hour, _minute in counts), min(minute for _hour, minute in counts)

    def _places(self, who: str) -> list[int]:
        digest = hmac.new(self.secret, who.encode(), hashlib.sha256).digest()
        return [int.from_bytes(digest[4 * n : 4 * n + 4]) % ROWS * ROW.size for n in range(PLACES)]

    def _raise(self, place: int, now: int) -> Count:
        hour, by_hour, minute, by_minute = ROW.unpack_from(self.table, place)
        by_hour = by_hour + 1 if hour == now // 3600 else 1
        by_minute = by_minute + 1 if minute == now // 60 else 1
        ROW.pack_into(self.table, place, now // 3600, by_hour, now // 60, by_minute)
        return by_hour, by_minute
