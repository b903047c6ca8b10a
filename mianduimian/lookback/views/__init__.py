"""回头看页面: the queues, one matter, asking a citizen, campaigns, what comes again, and the citizen's own page."""
