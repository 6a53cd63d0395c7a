Feature: Product
  Scenario: it refuses
    When somebody meets a refusal
  Scenario: it is silent
    When somebody meets silence
  Scenario: it talks nonsense
    When somebody meets nonsense
  Scenario: nobody asks
    When somebody does what is refused
    Then nobody has asked
  Scenario: somebody only tries
    When somebody tries what is refused
    Then nobody has asked
