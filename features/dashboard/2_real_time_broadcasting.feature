@dashboard
Feature: 2. Real-time broadcasting (steps 5 and 6)
  What happens in a school is shown on its dashboards at once: once, in order, and nowhere else.

  @DASH-003.5 @critical
  Scenario: DASH-003.5 A dashboard is silent as long as nothing happens
    Given the school owner and the owner of another school are online
    When the owner of another school registers the student "Rui"
    Then the owner of another school is told once that student "Rui" has joined
    And the school owner receives nothing else

  @DASH-003.5 @DASH-003.P5 @DASH-003.F4 @critical @smoke
  Scenario: DASH-003.5 Every message names its kind and carries what belongs to it
    Given the school owner is online
    And the teacher is signed in
    When the school owner invites the teacher
    And the teacher accepts the invitation
    And the school owner plans a class of the teacher
    And the school owner registers the student "Ana"
    Then everything that the school owner is told is in the agreed form

  @DASH-003.6 @DASH-003.P4 @DASH-003.F3 @blocker @smoke
  Scenario: DASH-003.6 An invitation is shown at once
    Given the school owner is online
    And the teacher has an account
    When the school owner invites the teacher
    Then the school owner is told once that the teacher has been invited

  @DASH-003.6 @DASH-003.P4 @DASH-003.F3 @blocker
  Scenario: DASH-003.6 An invitation of a person who has no account is shown at once
    Given the school owner is online
    When the school owner invites "newteacher@example.com", who has no account
    Then the school owner is told once that newteacher@example.com has been invited

  @DASH-003.6 @DASH-003.P4 @critical
  Scenario: DASH-003.6 An invitation of a person by their account is shown at once
    Given the school owner is online
    And the teacher has an account
    When the school owner invites the teacher, who has an account
    Then the school owner is told once that the teacher has been invited

  @DASH-003.6 @DASH-003.P4 @normal
  Scenario Outline: DASH-003.6 A user who is <position> of the school is not invited to be one again
    Given the school owner is signed in
    And the school owner has made user B <position> of the school
    And the school owner is online
    When the school owner invites user B as <position>
    Then the school owner is refused
    And the school owner receives nothing else

    Examples:
      | position  | because                          |
      | a teacher | it would be one membership twice |
      | an admin  | no position is held twice        |

  @DASH-003.6 @DASH-003.P4 @critical
  Scenario: DASH-003.6 A second invitation of the same teacher is refused, and not shown
    Given the school owner is online
    And the teacher has an account
    When the school owner invites the teacher
    And the school owner invites the teacher
    Then the school owner is refused
    And the school owner is told once that the teacher has been invited

  @DASH-003.6 @DASH-003.P4 @DASH-003.F2 @blocker
  Scenario: DASH-003.6 Only the school's own dashboards show what happens there
    Given the school owner and the owner of another school are online
    And the teacher has an account
    When the school owner invites the teacher
    Then the school owner is told once that the teacher has been invited
    And the owner of another school receives nothing else

  @DASH-003.6 @DASH-003.P4 @critical
  Scenario: DASH-003.6 Two schools can invite the same teacher, and each is shown its own invitation
    Given the school owner and the owner of another school are online
    And the teacher has an account
    When the school owner invites the teacher
    And the owner of another school invites the teacher
    Then the school owner and the owner of another school are told once that the teacher has been invited

  @DASH-003.6 @DASH-003.P4 @critical
  Scenario: DASH-003.6 Events in close succession are shown in the order in which they happened
    Given the school owner has 1 dashboard open
    When the school owner registers 20 students without a pause
    Then the school owner is told of all 20 students in the order registered
