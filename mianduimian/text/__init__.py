"""语言: reading citizens' words — normalise, classify, same event, redaction, reply quality; pure, without a database."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def when_asked(name: str) -> ModuleType:
    """A module of this room that is loaded at its first use: the engine weighs two seconds, a web page need not wait for it."""
    whole = f"{__name__}.{name}"
    if whole in sys.modules:
        return sys.modules[whole]
    spec = find_spec(whole)
    if spec is None or spec.loader is None:
        raise ImportError(whole)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[whole] = module
    spec.loader.exec_module(module)
    return module
