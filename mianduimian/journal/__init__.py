"""留痕: append-only, hash-chained record of every act."""
