"""The words of the glossary as frozen values. Imports nothing of the program."""
