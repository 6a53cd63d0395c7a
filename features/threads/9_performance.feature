@threads
Feature: 9. Performance
  A hundred users at once are all served, in time, and with the memory and processor that they may cost.

  @TFS-PERF-1 @TFS-PERF-3 @TFS-PERF-15 @TFS-PERF-16 @TFS-PERF-17 @FR-006 @load @critical @smoke
  Scenario: TFS-PERF-1 Requests are answered in time, one after the other
    Given the company owner is signed in
    When the company owner makes 50 requests, one after the other
    Then the requests keep to their limits on average, at the 95th and at the 99th percentile
    And fewer than 1 % of all attempts fail

  @TFS-PERF-7 @TFS-PERF-8 @NFR-004 @load @critical
  Scenario: TFS-PERF-7 The server keeps to its limits of memory and processor while many use it
    Given user A has opened the room "Launch" of the threads server for 40 others
    When user A sends them 2 messages a second for 3 seconds, while all of them use the threads server
    Then each of the others receives every message once
    And the threads server keeps to its limits of memory and processor

  @TFS-SCN-6 @TFS-DATA-5 @TFS-PERF-4 @TFS-PERF-5 @TFS-PERF-19 @TFS-PERF-20 @TFS-PERF-21 @FR-009 @load @critical
  Scenario: TFS-SCN-6 A hundred users hear every message in time, and are answered in time
    Given user A has opened the room "Launch" of the threads server for 100 others
    When user A sends them 2 messages a second for 3 seconds, while all of them use the threads server
    Then each of the others receives every message once
    And the deliveries keep to their limits on average, at the 95th and at the 99th percentile
    And the requests keep to their limits on average, at the 95th and at the 99th percentile
    And fewer than 1 % of all attempts fail

  @TFS-PERF-2 @load @critical
  Scenario: TFS-PERF-2 More than a hundred requests at the same time are all answered
    Given the company owner is signed in
    When the company owner makes 110 requests without a pause
    Then fewer than 1 % of all attempts fail
    And 100 % of the answers come within 5 seconds
