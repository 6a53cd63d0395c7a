Feature: Assertion
  Scenario: it passes
    Given a step that works
  Scenario: it fails
    Given a step that works
    Then one is two
    And one is one
