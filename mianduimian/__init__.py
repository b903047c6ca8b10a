"""面对面: a government meets its citizens face to face on one problem, and then really solves it."""

__version__ = "0.1.0"
