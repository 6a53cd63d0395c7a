Feature: Rule
  Rule: numbers differ
    Scenario: it passes
      Given a step that works
    Scenario: it fails
      Then one is two
