"""Tests of the sentences, and of the languages they are said in."""
