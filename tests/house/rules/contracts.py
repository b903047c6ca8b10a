"""The contracts of pyproject.toml, checked through import-linter for the house or for any small package built like it."""

from importlinter.api import read_configuration
from importlinter.application.use_cases import _register_contract_types, create_report
from importlinter.application.user_options import UserOptions

from tests.house.plan import ROOT


def _renamed(value: object, name: str) -> object:
    if isinstance(value, str):
        return value.replace("mianduimian", name)
    if isinstance(value, list):
        return [_renamed(item, name) for item in value]
    return value


def faults(name: str = "mianduimian") -> list[str]:
    """The ids of the contracts that a package of this name breaks."""
    configured = read_configuration(str(ROOT / "pyproject.toml"))
    contracts = [{key: _renamed(value, name) for key, value in one.items()} for one in configured["contracts_options"]]
    session = {"root_packages": [name], "include_external_packages": "True"}
    options = UserOptions(session_options=session, contracts_options=contracts)
    _register_contract_types(options)
    report = create_report(options, cache_dir=None)
    if report.invalid_contract_options:
        return [f"{contract}: {error}" for contract, error in report.invalid_contract_options.items()]
    return [contract.contract_options["id"] for contract, check in report.get_contracts_and_checks() if not check.kept]
