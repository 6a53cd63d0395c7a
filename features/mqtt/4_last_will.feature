@mqtt
Feature: 4. Last will
  A client can leave a message with the broker, to be published when the client is cut off.

  @MQTT-3.1.2.5 @critical
  Scenario: 3.1.2.5 The last will is published when its client goes away without a word
    Given user A has the last will "Out of reach" on the topic "doors/front"
    And user B is subscribed to the topic "doors/front"
    When the client of user A goes away without a word
    Then "Out of reach" on the topic "doors/front" reaches user B
    And user B receives nothing else

  @MQTT-3.14.4 @critical
  Scenario: 3.14.4 The last will of a client that takes its leave is not published
    Given user A has the last will "Out of reach" on the topic "doors/front"
    And user B is subscribed to the topic "doors/#"
    When the client of user A takes its leave
    And user C publishes "Closed" on the topic "doors/back"
    Then "Closed" on the topic "doors/back" reaches user B
    But user B receives nothing else

  @MQTT-3.1.2.7 @normal @journey
  Scenario: 3.1.2.7 A last will that is to be kept is found by users who subscribe later
    Given user A has the last will "Out of reach" on the topic "doors/front", to be kept
    And user B is subscribed to the topic "doors/front"
    When the client of user A goes away without a word
    Then "Out of reach" on the topic "doors/front" reaches user B
    When user C subscribes to the topic "doors/front"
    Then user C finds "Out of reach" kept on the topic "doors/front"
