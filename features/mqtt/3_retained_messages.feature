@mqtt
Feature: 3. Retained messages
  A topic keeps its last message for those who subscribe later, if the one who publishes it says so.

  @MQTT-3.3.1.3 @critical @smoke
  Scenario: 3.3.1.3 A user who subscribes finds the last message that was to be kept
    Given user A has published "Sunny" on the topic "weather/oslo", to be kept
    And user A has published "Cloudy" on the topic "weather/oslo", to be kept
    When user B subscribes to the topic "weather/oslo"
    Then user B finds "Cloudy" kept on the topic "weather/oslo"
    And user B receives nothing else

  @MQTT-3.3.1.3 @critical
  Scenario: 3.3.1.3 A message that was not to be kept is not found, and takes no other's place
    Given user A has published "Sunny" on the topic "weather/oslo", to be kept
    When user A publishes "Drizzle" on the topic "weather/oslo"
    And user B subscribes to the topic "weather/oslo"
    Then user B finds "Sunny" kept on the topic "weather/oslo"
    But user B receives nothing else

  @MQTT-3.3.1.3 @critical
  Scenario: 3.3.1.3 A retained message can be removed
    Given user A has published "Sunny" on the topic "weather/oslo", to be kept
    And user A has published "Mild" on the topic "weather/bergen", to be kept
    When user A takes away what the topic "weather/oslo" keeps
    And user B subscribes to the topic "weather/#"
    Then user B finds "Mild" kept on the topic "weather/bergen"
    But user B receives nothing else

  @MQTT-3.3.1.3 @normal
  Scenario: 3.3.1.3 A message that is to be kept is a new one to those who have subscribed already
    Given user A is online
    And user B is subscribed to the topic "weather/oslo"
    When user A publishes "Sunny" on the topic "weather/oslo", to be kept
    Then "Sunny" on the topic "weather/oslo" reaches user B
    And user B receives nothing else
