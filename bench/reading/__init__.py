"""How well and how fast real texts are read; `bench/text FOLDER` prints it, and writes a page."""
