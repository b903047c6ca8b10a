"""梳理的页面: the workbench, the decisions on parts, the appeals, the machine's proposals."""
