@dashboard
Feature: 6. Performance and resources (step 10)
  Many dashboards and many events are served in time, and leave nothing behind.

  @DASH-003.10 @DASH-003.P9 @DASH-003.F8 @load @critical
  Scenario: DASH-003.10 Thirty dashboards show every student in time
    Given the school owner is signed in
    When the school owner registers 5 students a second for 4 seconds, watched on 30 screens of the dashboard server
    Then each of the dashboards shows every student once
    And the deliveries keep to their limits on average, at the 95th and at the 99th percentile

  @DASH-003.10 @DASH-003.P9 @DASH-003.F8 @load @critical
  Scenario: DASH-003.10 The server keeps to its limits of memory and processor while thirty dashboards are told of students
    Given the school owner is signed in
    When the school owner registers 5 students a second for 4 seconds, watched on 30 screens of the dashboard server
    Then the dashboard server keeps to its limits of memory and processor

  @DASH-003.10 @DASH-003.P9 @DASH-003.F8 @load @critical
  Scenario: DASH-003.10 Thirty dashboards are all told of twenty students in the order registered
    Given the school owner has 30 dashboards open
    When the school owner registers 20 students without a pause
    Then the school owner is told of all 20 students in the order registered

  @DASH-003.10 @DASH-003.P10 @DASH-003.F8 @load @critical
  Scenario: DASH-003.10 Dashboards that were open cost no lasting memory
    Given the school owner is signed in
    When the school owner opens 30 dashboards, registers 5 students and closes them all, 4 times over
    Then the dashboards of the school owner have cost the dashboard server no lasting memory
