"""语言: reading citizens' words — normalise, classify, same event, redaction, reply quality; pure, without a database."""
