"""Runs tests of Tempest by their modules, and prints what came of each, as JSON.

`run.py MODULE...`, with TEMPEST_CONFIG_DIR and TEMPEST_CONFIG naming its configuration.
"""

import json
import sys
import unittest


class Outcomes(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.passed = []
        self.failed = {}
        self.skips = {}

    def addSuccess(self, test):
        self.passed.append(test.id())

    def addError(self, test, err=None, details=None):
        self.failed[test.id()] = told(self, test, err, details)

    addFailure = addError

    def addUnexpectedSuccess(self, test, details=None):
        self.failed[test.id()] = 'was expected to fail'

    def addSkip(self, test, reason=None, details=None):
        self.skips[test.id()] = reason or str(details)


def told(result, test, err, details):
    if err is not None:
        return result._exc_info_to_string(err, test)[-2000:]
    return '\n'.join(text.as_text() for text in (details or {}).values())[-2000:]


def main():
    outcomes = Outcomes()
    unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:]).run(outcomes)
    json.dump({'passed': outcomes.passed, 'failed': outcomes.failed, 'skipped': outcomes.skips},
              sys.stdout)


main()
