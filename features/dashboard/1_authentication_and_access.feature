@dashboard
Feature: 1. Authentication and access (steps 1 to 4)
  The dashboard of a school opens for its owner and its admins, and for no other user.

  @DASH-003.1 @DASH-003.PRE3 @blocker @smoke
  Scenario: DASH-003.1 A user with an account gets a session by a login code
    Given the school owner has an account
    When the school owner signs in
    Then the school owner is signed in
    And the school owner can connect

  @DASH-003.1 @critical
  Scenario: DASH-003.1 A made-up login code gives no session
    Given the school owner has an account
    When the school owner tries to sign in with a made-up login code
    Then the school owner is refused
    But the school owner can sign in

  @DASH-003.1 @critical
  Scenario: DASH-003.1 A login code that has been used gives no second session
    Given the school owner is signed in
    When the school owner tries to sign in a second time with the same code
    Then the school owner is refused
    But the school owner can sign in

  @DASH-003.X9 @critical
  Scenario: DASH-003.X9 A login code is no longer taken after five wrong ones
    Given the school owner has an account
    When the school owner asks for a login code
    And the school owner tries 5 times to sign in with a made-up login code
    And the school owner tries to sign in with the last code mailed
    Then the school owner is refused
    But the school owner can sign in

  @DASH-003.X9 @normal
  Scenario: DASH-003.X9 A login code is still taken after four wrong ones
    Given the school owner has an account
    When the school owner asks for a login code
    And the school owner tries 4 times to sign in with a made-up login code
    And the school owner tries to sign in with the last code mailed
    Then the school owner is signed in

  @DASH-003.X10 @critical
  Scenario: DASH-003.X10 A login code opens nothing once another has been sent
    Given the school owner has an account
    When the school owner asks for a login code
    And the school owner asks for another login code
    And the school owner tries to sign in with the first code mailed
    Then the school owner is refused
    But the school owner can sign in

  @DASH-003.X10 @critical
  Scenario: DASH-003.X10 A login code opens nothing once its time is up
    Given the school owner has an account
    When the school owner asks for a login code
    And the login code of the school owner expires
    And the school owner tries to sign in with the last code mailed
    Then the school owner is refused
    But the school owner can sign in

  @DASH-003.X20 @normal
  Scenario: DASH-003.X20 A user may write their address in capitals
    Given the school owner has an account
    When the school owner signs in by their name in capitals
    Then the school owner is signed in
    And the school owner can connect

  @DASH-003.X20 @normal
  Scenario: DASH-003.X20 An address that is taken is taken in capitals too
    Given the school owner is signed in
    When the school owner makes these mistakes, one after the other
      | mistake                                               |
      | an account with an address that is taken, in capitals |
    Then each mistake of the school owner is refused, and the server fails at none
    But the school owner can sign in

  @DASH-003.X18 @critical
  Scenario: DASH-003.X18 A login code that is shown on two devices at once gives one session
    Given the school owner has an account
    When the school owner asks for a login code
    And the school owner shows the last code mailed 2 times at once
    Then one attempt of the school owner succeeds, and each other is refused

  @DASH-003.X16 @normal
  Scenario: DASH-003.X16 Invalid accounts and sessions are refused
    Given the school owner is signed in
    When the school owner makes these mistakes, one after the other
      | mistake                                  |
      | an account without a name                |
      | an account with a name that is too long  |
      | an account with an invalid address       |
      | an account with an address that is taken |
      | a login code for an invalid address      |
      | a session by a code of five digits       |
      | a session for an address that is unknown |
    Then each mistake of the school owner is refused, and the server fails at none
    But the school owner can sign in

  @DASH-003.X34 @DASH-003.1 @normal
  Scenario: DASH-003.X34 What could not be registered does not stand in the way of what can
    Given the newcomer has tried to register with something that cannot be kept
    When the newcomer registers
    Then the newcomer can sign in

  @DASH-003.2 @DASH-003.P1 @DASH-003.F1 @blocker
  Scenario Outline: DASH-003.2 A dashboard does not open for <token>
    Given the school owner and the owner of another school are signed in
    When the school owner tries to connect with <token>
    Then the school owner is refused
    But the school owner can connect

    Examples:
      | token                               | because                                      |
      | no token                            | no user is signed in                         |
      | a blank token                       | leaving it out must not get around the check |
      | a garbled token                     | its signature is wrong                       |
      | a meaningless token                 | it is no token at all                        |
      | a token signed by a stranger        | a stranger can write tokens too              |
      | an unsigned token                   | it asks not to be checked                    |
      | the owner of another school's token | it is good, but for another school           |

  @DASH-003.F2 @critical
  Scenario Outline: DASH-003.F2 Nothing can be done in a school with <token>
    Given the school owner is signed in
    When the school owner makes every request that there is with <token>
    Then each mistake of the school owner is refused, and the server fails at none
    But the school owner can connect

    Examples:
      | token                        | because                                      |
      | no token                     | no user is signed in                         |
      | a blank token                | leaving it out must not get around the check |
      | a garbled token              | its signature is wrong                       |
      | a meaningless token          | it is no token at all                        |
      | a token signed by a stranger | a stranger can write tokens too              |
      | an unsigned token            | it asks not to be checked                    |

  @DASH-003.2 @DASH-003.P1 @critical
  Scenario: DASH-003.2 A token opens nothing once its time is up
    Given the school owner is online in a session that ends soon
    And the owner of another school is signed in
    When the session of the school owner has run out
    Then the school owner can no longer connect
    But the owner of another school can connect

  @DASH-003.2 @DASH-003.P1 @critical
  Scenario: DASH-003.2 A browser's session opens nothing once its time is up
    Given the school owner is online in a session that ends soon
    And the owner of another school is signed in
    When the session of the school owner has run out
    And the school owner tries to connect with a browser
    Then the school owner is refused
    But the owner of another school can connect

  @DASH-003.X3 @critical
  Scenario: DASH-003.X3 A token opens nothing once its user has signed out
    Given the school owner and the owner of another school are online
    When the school owner signs out
    Then the school owner can no longer connect
    But the owner of another school can connect

  @DASH-003.X3 @critical
  Scenario Outline: DASH-003.X3 A session that its user has ended opens nothing for <client>
    Given the school owner and the owner of another school are online
    When the school owner signs out
    And the school owner tries to connect with <client>
    Then the school owner is refused
    But the owner of another school can connect

    Examples:
      | client         | because                           |
      | the web client | it shows its token in the address |
      | a browser      | it shows what it keeps            |

  @DASH-003.X1 @normal
  Scenario: DASH-003.X1 A dashboard that is open closes when its user signs out
    Given the school owner is online
    When the school owner signs out
    Then the school owner is disconnected

  @DASH-003.X1 @normal
  Scenario: DASH-003.X1 All dashboards of a session close when its user signs out
    Given the school owner has 3 dashboards open
    When the school owner signs out
    Then the school owner is disconnected

  @DASH-003.X1 @normal
  Scenario: DASH-003.X1 A dashboard stays open when another session of its user is ended
    Given the school owner is online
    When the school owner signs in on another device, and out again
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.3 @DASH-003.P2 @blocker @smoke
  Scenario Outline: DASH-003.3 The owner's dashboard opens for <client>
    Given the school owner is signed in
    When the school owner connects with <client>
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

    Examples:
      | client    | because                                 |
      | a script  | it shows its token as the document says |
      | a browser | it shows the session that it keeps      |

  @DASH-003.X4 @critical
  Scenario: DASH-003.X4 The owner's dashboard opens for the web client, which shows its token in the address
    Given the school owner is signed in
    When the school owner connects with the web client
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.3 @DASH-003.P2 @critical
  Scenario: DASH-003.3 The dashboard opens for an admin of the school
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    When user B signs in
    Then user B can connect
    And user B receives nothing else

  @DASH-003.X27 @normal
  Scenario: DASH-003.X27 The dashboard opens for a user who was invited as an admin and has accepted
    Given the school owner and user B are signed in
    When the school owner invites user B as an admin
    And user B accepts the invitation
    Then user B can connect
    And user B can see a new student join

  @DASH-003.3 @DASH-003.P2 @normal
  Scenario: DASH-003.3 The dashboard opens again in a new session
    Given the school owner is online
    And the school owner has signed out
    When the school owner comes online again
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.3 @normal
  Scenario: DASH-003.3 A dashboard goes on after a sign of life of its client
    Given the school owner is online
    When the client of the school owner sends a sign of life
    And the school owner registers the student "Ana"
    Then the school owner is told once that student "Ana" has joined

  @DASH-003.X2 @normal
  Scenario Outline: DASH-003.X2 <sign> is answered
    Given the school owner is online
    When the client of the school owner sends <sign>
    Then the client of the school owner is answered
    And the school owner receives nothing else

    Examples:
      | sign                                | because                                |
      | a sign of life                      | the document's own carries words       |
      | a sign of life that carries nothing | it says by itself that there is a user |

  @DASH-003.4 @DASH-003.P3 @DASH-003.F2 @blocker @smoke
  Scenario Outline: DASH-003.4 An outsider cannot connect to <school>
    Given the school owner and the owner of another school are signed in
    When the owner of another school tries to connect to the dashboard of <school>
    Then the owner of another school is refused
    But the owner of another school can connect

    Examples:
      | school                         | because                                 |
      | a school that does not exist   | there is nothing to see                 |
      | the school of the school owner | being an owner elsewhere gives no right |

  @DASH-003.4 @DASH-003.P3 @DASH-003.F2 @critical
  Scenario: DASH-003.4 A teacher of the school cannot see its dashboard
    Given the school owner is signed in
    And the school owner has made user B a teacher of the school
    And user B is signed in
    When user B tries to connect to the dashboard of the school of the school owner
    Then user B is refused
    But the school owner can connect

  @DASH-003.F2 @critical
  Scenario Outline: DASH-003.F2 An admin can no longer connect once the owner <dismisses> them
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And user B is online
    When the school owner <dismisses> user B
    Then user B can no longer connect
    But the school owner can connect

    Examples:
      | dismisses | because                                     |
      | suspends  | the membership is there, and does not count |
      | removes   | the membership is gone                      |

  @DASH-003.X5 @critical
  Scenario Outline: DASH-003.X5 A dashboard that is open closes when the owner <dismisses> its viewer
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And user B is online
    When the school owner <dismisses> user B
    Then user B is disconnected

    Examples:
      | dismisses | because                                     |
      | suspends  | the membership is there, and does not count |
      | removes   | the membership is gone                      |

  @DASH-003.X5 @critical
  Scenario: DASH-003.X5 All dashboards of an admin close when the owner removes them
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And user B has 3 dashboards open
    When the school owner removes user B
    Then user B is disconnected
    But the school owner can connect

  @DASH-003.X14 @normal
  Scenario Outline: DASH-003.X14 An admin sees everything again once the owner <returns> them
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And user B is online
    When the school owner <dismisses> user B
    And the school owner <returns> user B
    And user B comes online again
    Then user B can see a new student join

    Examples:
      | dismisses | returns    | because                                     |
      | suspends  | reinstates | the membership was there, and counts again  |
      | removes   | takes back | the membership is another, of the same user |

  @DASH-003.X14 @normal
  Scenario: DASH-003.X14 An admin whom the owner has suspended sees everything again once they accept an invitation
    Given the school owner and user B are signed in
    And the school owner has made user B an admin of the school
    When the school owner suspends user B
    And the school owner invites user B as an admin
    And user B accepts the invitation
    Then user B can connect
    And user B can see a new student join

  @DASH-003.X5 @normal
  Scenario: DASH-003.X5 A dashboard stays open when its viewer has to leave another school
    Given the school owner and the owner of another school are signed in
    And the owner of another school has made user B a teacher of the school
    And the school owner has made user B an admin of the school
    And user B is online
    When the owner of another school takes the position of a teacher from user B
    And the school owner registers the student "Ana"
    Then user B is told once that student "Ana" has joined

  @DASH-003.X14 @normal
  Scenario: DASH-003.X14 An admin who stops being a teacher still sees everything
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And the school owner has made user B a teacher of the school
    And user B is online
    When the school owner takes the position of a teacher from user B
    And the school owner registers the student "Ana"
    Then user B is told once that student "Ana" has joined

  @DASH-003.X21 @normal
  Scenario Outline: DASH-003.X21 A user whom the owner <dismisses> no longer sees the school among their own
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And user B is signed in
    When the school owner <dismisses> user B
    Then user B no longer sees the school of the school owner among their own
    But the school owner sees the school of the school owner among their own

    Examples:
      | dismisses | because                                     |
      | suspends  | the membership is there, and does not count |
      | removes   | the membership is gone                      |

  @DASH-003.X21 @normal
  Scenario Outline: DASH-003.X21 A user whom the owner <returns> sees the school among their own again
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And user B is signed in
    When the school owner <dismisses> user B
    And the school owner <returns> user B
    Then user B sees the school of the school owner among their own

    Examples:
      | dismisses | returns    | because                                     |
      | suspends  | reinstates | the membership was there, and counts again  |
      | removes   | takes back | the membership is another, of the same user |

  @DASH-003.X21 @normal
  Scenario: DASH-003.X21 A user with two positions in a school sees it once
    Given the school owner is signed in
    And the school owner has made user B an admin of the school
    And the school owner has made user B a teacher of the school
    When user B signs in
    Then user B sees the school of the school owner among their own

  @DASH-003.X22 @normal
  Scenario: DASH-003.X22 The dashboard does not open for an admin who is not active yet
    Given the school owner and user B are signed in
    When the school owner makes user B an admin of the school who is not active yet
    And user B tries to connect
    Then user B is refused
    But the school owner can connect

  @DASH-003.X22 @normal
  Scenario: DASH-003.X22 The dashboard opens for an admin once they are active
    Given the school owner and user B are signed in
    When the school owner makes user B an admin of the school who is not active yet
    And the school owner reinstates user B
    Then user B can connect
    And user B can see a new student join

  @DASH-003.F2 @critical
  Scenario: DASH-003.F2 An outsider cannot dismiss a member of another owner's school
    Given the school owner and the owner of another school are signed in
    And the school owner has made user B an admin of the school
    And user B is online
    When the owner of another school removes user B
    Then the owner of another school is refused
    And user B can see a new student join

  @DASH-003.4 @DASH-003.P3 @DASH-003.F2 @critical
  Scenario Outline: DASH-003.4 The session that a browser keeps cannot be used by <client>
    Given the school owner is signed in
    When the school owner tries to connect with <client>
    Then the school owner is refused
    But the school owner can connect

    Examples:
      | client                                     | because                                        |
      | a page of another site                     | the user may look at any page while signed in  |
      | a page of a site with a similar name       | another owner has chosen a name like ours      |
      | a page of a site whose name ends like ours | so has this one, with ours at its end          |
      | a page of no site                          | a page that is shown inside another is of none |
      | a browser that names no page               | a browser says of which page it comes          |

  @DASH-003.X29 @normal
  Scenario: DASH-003.X29 A script on a page cannot read the session that a browser keeps
    When the school owner signs in
    Then the browser of the school owner hides the session from scripts
    And the school owner can connect

  @DASH-003.F2 @critical
  Scenario Outline: DASH-003.F2 An outsider cannot <intrude> in another owner's school
    Given the school owner and the owner of another school are online
    When the owner of another school tries to <intrude> in the school of the school owner
    Then the owner of another school is refused
    And the school owner receives nothing else

    Examples:
      | intrude                | because                                    |
      | read the activity feed | it tells all that the dashboard would tell |
      | read the figures       | they are the school's own                  |
      | invite a user          | it speaks for a school                     |
      | register a student     | only its people know who they teach        |
      | plan a class           | only its people know what is taught there  |
      | change the settings    | only its own people speak for a school     |
      | become an admin        | it would open everything                   |

  @DASH-003.F2 @critical
  Scenario Outline: DASH-003.F2 An outsider cannot speak for another owner's school: <intrude>
    Given the school owner and the owner of another school are online
    When the owner of another school tries to <intrude> in the school of the school owner
    Then the owner of another school is refused
    And the school owner receives nothing else

    Examples:
      | intrude                        | because                                    |
      | invite a user by their account | another request for it is no way around    |
      | invite several users together  | nor is a third                             |
      | rename the school              | its name stands above all that it is shown |

  @DASH-003.X33 @critical
  Scenario: DASH-003.X33 No token is written to a log, even if it is shown in the address
    Given the school owner is online
    When the school owner tries to connect with the web client
    Then no secret of the school owner is written to a log
    And the school owner can connect
