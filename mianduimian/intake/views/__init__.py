"""收件: the pages of files and of submissions."""
