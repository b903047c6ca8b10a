"""公开: pages that anybody may read, the form through which a citizen speaks, the receipt, and the office's page."""
