@dashboard
Feature: 4. Concurrent listeners (step 8)
  However many dashboards of a school are open, all show the same.

  @DASH-003.8 @DASH-003.P7 @DASH-003.F6 @blocker @smoke
  Scenario: DASH-003.8 Three dashboards of one person show the same
    Given the school owner has 3 dashboards open
    And the teacher has an account
    When the school owner invites the teacher
    Then the school owner is told once that the teacher has been invited

  @DASH-003.8 @DASH-003.P7 @DASH-003.F6 @critical
  Scenario: DASH-003.8 The dashboards of several people show the same
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And the school owner has made user C an admin of the school
    And the school owner, user B and user C are online
    When user B registers the student "Ana"
    Then the school owner, user B and user C are told once that student "Ana" has joined

  @DASH-003.8 @DASH-003.P7 @normal
  Scenario: DASH-003.8 A dashboard that is closed takes nothing from the others
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And the school owner has made user C an admin of the school
    And the school owner, user B and user C are online
    When the client of user C goes away without a word
    And the school owner registers the student "Ana"
    Then the school owner and user B are told once that student "Ana" has joined

  @DASH-003.8 @DASH-003.P7 @normal
  Scenario: DASH-003.8 A dashboard that is closed takes nothing from the others of the same person
    Given the school owner has 3 dashboards open
    When the school owner closes one of the dashboards
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.X17 @critical
  Scenario: DASH-003.X17 A dashboard that reads nothing any more does not delay the others
    Given the school owner has 3 dashboards open
    And the school owner has made user B an admin of the school
    And user B is online
    When the client of user B reads nothing any more
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.X31 @normal
  Scenario: DASH-003.X31 Events of the same moment are shown in the order of the activity feed
    Given the school owner is online
    When the school owner registers 20 students at the same moment, by turns in every process of the server
    Then the school owner is shown all 20 students in the order in which the activity feed has them

  @DASH-003.PRE2 @critical
  Scenario: DASH-003.PRE2 An event in any process of the server is shown by all of them
    Given the school owner has a dashboard open at every process of the dashboard server
    When the school owner registers a student at every process of the dashboard server
    Then every dashboard of the school owner shows each of these students once

  @DASH-003.X37 @normal
  Scenario: DASH-003.X37 The figures are the same at every process of the server
    Given the school owner has looked at the figures at every process of the dashboard server
    When the school owner registers the student "Ana"
    Then the figures show the school owner 1 student at every process of the dashboard server

  @DASH-003.PRE2 @DASH-003.PRE1 @critical
  Scenario: DASH-003.PRE2 Events are broadcast by way of Redis
    Given the school owner is online
    When the school owner registers a student at every process of the dashboard server
    Then every dashboard of the school owner shows each of these students once
    And word of these students of the school owner has gone by way of Redis
