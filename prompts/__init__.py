"""Prompts: text files with a version, their typed input and the schema of their answer."""
