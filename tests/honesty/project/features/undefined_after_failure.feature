Feature: Undefined after a failure
  Scenario: it fails
    Then one is two
    And nobody has written this
