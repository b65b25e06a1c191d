"""The workbench: clusters of contributions, passages drawn into wordings, objections."""
