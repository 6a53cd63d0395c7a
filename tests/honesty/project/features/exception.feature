Feature: Exception
  Scenario: it raises
    When an exception is raised
    Then one is one
