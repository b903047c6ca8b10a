"""What is tried in a browser on the demonstration: one server for all of it, so these files stay with one worker."""
