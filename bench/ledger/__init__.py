"""The ledger with 100,000 matters: made in bulk in a throw-away database, then asked as its readers ask."""
