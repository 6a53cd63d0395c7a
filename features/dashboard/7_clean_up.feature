@dashboard
Feature: 7. Clean-up (step 11)
  Dashboards that have closed leave nothing behind.

  @DASH-003.11 @DASH-003.P10 @DASH-003.F8 @critical
  Scenario: DASH-003.11 Dashboards that were open leave nothing open behind them
    Given the school owner is signed in
    When the school owner opens 30 dashboards, registers 2 students and closes them all, 3 times over
    Then the dashboards of the school owner have left nothing open at the dashboard server
    And the school owner can connect

  @DASH-003.11 @DASH-003.P10 @DASH-003.F8 @critical
  Scenario: DASH-003.11 Dashboards that were open leave nothing behind them in Redis
    Given the school owner has 30 dashboards open
    When the school owner registers the student "Ana"
    And the client of the school owner goes away without a word
    Then nothing about the dashboards of the school owner is left in Redis
    And the school owner can connect

  @DASH-003.11 @normal
  Scenario: DASH-003.11 The events of a school are still recorded when no dashboard is open any more
    Given the school owner is online
    When the client of the school owner goes away without a word
    And the school owner registers the student "Ana"
    Then the activity feed shows the school owner that student "Ana" has joined
    And the school owner can connect
    And the school owner receives nothing else
