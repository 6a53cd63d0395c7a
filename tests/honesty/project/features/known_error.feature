Feature: Known, but it raises
  Scenario: a known failure
    When an exception is raised
