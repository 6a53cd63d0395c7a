@dashboard
Feature: 5. Resilience and error handling (step 9)
  Interruptions end connections cleanly and cost nothing that has been stored; what one client gets wrong harms no other.

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @critical
  Scenario Outline: DASH-003.9 Dashboards show everything again after the dashboard server <restarts>
    Given the school owner and the owner of another school are online
    When the dashboard server <restarts>
    Then the school owner and the owner of another school are disconnected
    And the school owner can connect
    And the owner of another school can connect
    And the school owner can see a new student join

    Examples:
      | restarts                     | because                     |
      | is restarted                 | it has time to say good-bye |
      | crashes and is started again | it has no time for anything |

  @DASH-003.X30 @breaks_system @normal
  Scenario: DASH-003.X30 A user is told on a restart that the server comes back
    Given the school owner is online
    When the dashboard server is restarted
    Then the school owner is told that the server comes back
    And the school owner can connect

  @DASH-003.X3 @breaks_system @critical
  Scenario: DASH-003.X3 A session that its user has ended opens nothing after a restart either
    Given the school owner and the owner of another school are online
    When the school owner signs out
    And the dashboard server is restarted
    Then the school owner can no longer connect
    But the owner of another school can connect

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @critical
  Scenario Outline: DASH-003.9 Nothing that happens is lost when Redis <goes>
    Given the school owner is online
    And Redis <goes>
    When the school owner registers the student "Ana"
    And Redis is back
    Then the activity feed shows the school owner that student "Ana" has joined

    Examples:
      | goes       | because                      |
      | is killed  | its connections break        |
      | is cut off | it is well, but out of reach |

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @critical
  Scenario Outline: DASH-003.9 The first dashboard to be opened once Redis is back opens, when it <goes>
    Given the school owner is online
    And Redis <goes>
    When Redis is back
    Then the school owner can connect at the first attempt

    Examples:
      | goes       | because                      |
      | is killed  | its connections break        |
      | is cut off | it is well, but out of reach |

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @critical
  Scenario Outline: DASH-003.9 Work goes on when Redis <goes>
    Given the school owner is signed in
    And Redis <goes>
    When the school owner registers the student "Ana"
    Then the school owner is not turned away
    And the activity feed shows the school owner that student "Ana" has joined

    Examples:
      | goes       | because                                |
      | is killed  | its connections break                  |
      | hangs      | its connections stay and get no answer |
      | is cut off | it is well, but out of reach           |

  @DASH-003.X7 @breaks_system @normal
  Scenario Outline: DASH-003.X7 A dashboard that can no longer be updated is closed when Redis <goes>
    Given the school owner is online
    When Redis <goes>
    Then the school owner is disconnected

    Examples:
      | goes       | because                                |
      | is killed  | its connections break                  |
      | hangs      | its connections stay and get no answer |
      | is cut off | it is well, but out of reach           |

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @critical
  Scenario: DASH-003.9 A user who connects while Redis is away is turned away
    Given the school owner is signed in
    And Redis is stopped
    When the school owner tries to connect
    Then the school owner is turned away
    When Redis is back
    Then the school owner can connect at the first attempt

  @DASH-003.X8 @breaks_system @normal
  Scenario: DASH-003.X8 A user who connects while Redis is away is told why
    Given the school owner is signed in
    And Redis is stopped
    When the school owner tries to connect
    Then the school owner is told that Redis is unavailable

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @critical
  Scenario: DASH-003.9 Dashboards show everything again once Redis is back
    Given the school owner is online
    When Redis is lost and comes back
    And the school owner comes online again
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @critical
  Scenario: DASH-003.9 Dashboards show everything again once Redis is back for the second time
    Given the school owner is online
    When Redis is lost and comes back
    And Redis is lost and comes back
    And the school owner comes online again
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @breaks_system @normal
  Scenario: DASH-003.9 Dashboards show everything again once Redis is back after a long time
    Given the school owner is online
    When Redis is lost for a long time and comes back
    And the school owner comes online again
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.9 @DASH-003.P8 @normal
  Scenario: DASH-003.9 The activity feed goes on beyond its first page
    Given the school owner is signed in
    When the school owner registers 21 students without a pause
    Then the activity feed shows the school owner that student "Student 1 of 21" has joined

  @DASH-003.X31 @normal
  Scenario: DASH-003.X31 The activity feed has what comes of one moment in the order in which it was told
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    Then the school owner is told once that the teacher has accepted the invitation
    And the activity feed has all that the school owner was told, in the same order

  @DASH-003.X28 @normal
  Scenario: DASH-003.X28 The activity feed can be leafed through in both directions
    Given the school owner is signed in
    When the school owner registers 5 students without a pause
    Then the activity feed can be leafed through by the school owner to its end, and back again

  @DASH-003.9 @DASH-003.P8 @critical
  Scenario: DASH-003.9 A user who comes back finds in the activity feed what they have missed
    Given the school owner is online
    And the teacher has an account
    When the client of the school owner goes away without a word
    And the school owner invites the teacher
    And the school owner comes online again
    Then the activity feed shows the school owner that the teacher has been invited
    And the school owner receives nothing else

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @critical
  Scenario: DASH-003.9 Only the client that sends more than can be taken is disconnected
    Given the school owner and the owner of another school are online
    When the client of the owner of another school sends a message that is too long
    Then the owner of another school is disconnected
    And the school owner can see a new student join

  @DASH-003.9 @DASH-003.P8 @DASH-003.F7 @critical
  Scenario Outline: DASH-003.9 A client that sends <nonsense> is told so and stays connected
    Given the school owner is online
    When the client of the school owner sends <nonsense>
    Then the school owner is refused
    And the school owner receives nothing else

    Examples:
      | nonsense                       | because                           |
      | a word that means nothing      | the form is right                 |
      | something garbled              | it cannot be read                 |
      | nothing at all                 | there is nothing to read          |
      | a list                         | it can be read, and is no message |
      | raw bytes                      | it is no text                     |
      | a message whose kind is a list | a kind is a word                  |
