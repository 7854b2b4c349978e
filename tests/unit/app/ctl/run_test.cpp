#include "app/ctl/run.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/ctl/json.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/process.hpp"
#include "tests/unit/app/ctl/fake_server.hpp"
#include "tests/unit/app/ctl/samples.hpp"

namespace parking::ctl {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Caller = FakeServer::Caller;
using Words = std::vector<std::string>;

struct Result {
  int exit_code = -1;
  std::string output;
  std::string errors;
};

Result call(Words words, const std::filesystem::path& socket,
            std::chrono::milliseconds patience = usual_patience) {
  words.insert(words.begin(), {"--socket", socket.string()});
  std::ostringstream out;
  std::ostringstream errors;
  const int code = run(parse_options(words, "0").value(), out, errors, patience);
  return {code, out.str(), errors.str()};
}

Result call(const Words& words, const FakeServer& server) {
  return call(words, server.socket());
}

/// Answers one request, whatever it is.
auto answering(const wire::LocalReply& reply) {
  return [reply](Caller caller) {
    if (caller.request()) caller.send(reply);
  };
}

wire::LocalReply with_snapshot(const core::Snapshot& snapshot) {
  return {{}, snapshot, {}};
}

TEST(Parkingctl, PrintsWhatTheGateAnswers) {
  const FakeServer server(answering(with_snapshot(sample_gate())));
  const auto result = call({"status", "--json"}, server);
  EXPECT_EQ(result.exit_code, exit_done);
  EXPECT_EQ(result.output, to_json(sample_gate()) + "\n");
  EXPECT_EQ(result.errors, "");
}

TEST(Parkingctl, FailsWhereItsOutputCannotBeWritten) {
  const FakeServer server(answering(with_snapshot(sample_gate())));
  std::ofstream full("/dev/full");
  std::ostringstream errors;
  const auto options = parse_options({"--socket", server.socket().string(), "status"}, "0");
  EXPECT_EQ(run(options.value(), full, errors), exit_refused);
  EXPECT_THAT(errors.str(), HasSubstr("could not be written"));
}

TEST(Parkingctl, AsksWhetherMoreCarsThanSpacesAreMeant) {
  const auto gate = [](Caller caller) {
    while (const auto request = caller.request())
      caller.send(std::holds_alternative<wire::StatusRequest>(*request)
                      ? with_snapshot(sample_gate())
                      : wire::LocalReply{});
  };
  const std::string too_many = std::to_string(sample_gate().lot.capacity + 1);
  {
    const FakeServer server(gate);
    const auto result = call({"recount", too_many, "--reason", "counted"}, server);
    EXPECT_EQ(result.exit_code, exit_refused);
    EXPECT_THAT(result.errors, HasSubstr("--more-than-spaces"));
  }
  const FakeServer server(gate);
  EXPECT_EQ(call({"recount", too_many, "--more-than-spaces", "--reason", "r"}, server).exit_code,
            exit_done);
}

TEST(Parkingctl, SaysInJsonAsWellThatNobodyAnswers) {
  const auto result = call({"status", "--json"}, std::filesystem::path("/nowhere/gate.sock"));
  EXPECT_EQ(result.exit_code, exit_nobody_answers);
  EXPECT_THAT(result.output, HasSubstr("error"));
}

TEST(Parkingctl, PrintsOneObjectALineForPeersAlarmsAndHistory) {
  const FakeServer peers(answering(with_snapshot(sample_gate())));
  EXPECT_EQ(call({"peers", "--json"}, peers).output, to_json(sample_gate().peers[0]) + "\n");
  const FakeServer alarms(answering(with_snapshot(sample_gate())));
  EXPECT_EQ(call({"alarms", "--json"}, alarms).output, to_json(sample_gate().alarms[0]) + "\n");
  const FakeServer history([](Caller caller) {
    (void)caller.request();
    caller.send(wire::LocalReply{{}, {}, {sample_event(), sample_event()}});
    if (caller.request()) caller.send(wire::LocalReply{});  // nothing is older
  });
  EXPECT_EQ(call({"history", "--json"}, history).output,
            to_json(sample_event()) + "\n" + to_json(sample_event()) + "\n");
}

TEST(Parkingctl, PrintsForPeopleUnlessAskedForJson) {
  const FakeServer server(answering(with_snapshot(sample_gate())));
  EXPECT_THAT(call({"status"}, server).output, HasSubstr("Riverside: 82 free of 120"));
}

TEST(Parkingctl, SendsWhatTheOperatorSaid) {
  std::optional<wire::LocalRequest> request;
  Result result;
  {
    const FakeServer server([&](Caller caller) {
      request = caller.request();
      caller.send(wire::LocalReply{});
    });
    result = call({"settle", "in", "entered", "--reason", "seen"}, server);
  }
  EXPECT_EQ(result.exit_code, exit_done);
  EXPECT_EQ(result.output, "Done.\n");
  EXPECT_EQ(request,
            wire::LocalRequest(wire::SettleRequest{"in", wire::Settlement::entered, "seen"}));
}

TEST(Parkingctl, SaysWhatComesAfterACommand) {
  const FakeServer text(answering(with_snapshot(sample_office())));
  EXPECT_THAT(call({"recount", "begin"}, text).output,
              testing::StartsWith("Done. Every gate is told to hold its entries"));
  const FakeServer json(answering(with_snapshot(sample_office())));
  EXPECT_THAT(call({"recount", "begin", "--json"}, json).output,
              testing::StartsWith(R"({"done":true,"next":"Every gate is told)"));
}

std::vector<core::Event> events(std::uint64_t first, std::uint64_t last) {
  std::vector<core::Event> events;
  for (std::uint64_t number = first; number <= last; ++number) {
    events.push_back(sample_event());
    events.back().number = number;
  }
  return events;
}

std::string lines(const std::vector<core::Event>& events) {
  std::string text;
  for (const core::Event& event : events) text += to_json(event) + "\n";
  return text;
}

TEST(Parkingctl, FetchesALongHistoryPageByPage) {
  std::vector<wire::LocalRequest> asked;
  Result result;
  {
    const FakeServer server([&](Caller caller) {
      for (const auto& page : {events(8, 9), events(5, 7), events(4, 4)}) {
        asked.push_back(caller.request().value_or(wire::StatusRequest{}));
        caller.send(wire::LocalReply{{}, {}, page});
      }
    });
    result = call({"history", "--limit", "6", "--json"}, server);
  }
  EXPECT_EQ(result.exit_code, exit_done);
  EXPECT_EQ(result.output, lines(events(4, 9)));
  EXPECT_THAT(asked, testing::ElementsAre(wire::LocalRequest(wire::HistoryRequest{6, 0}),
                                          wire::LocalRequest(wire::HistoryRequest{4, 8}),
                                          wire::LocalRequest(wire::HistoryRequest{1, 5})));
}

TEST(Parkingctl, EndsAHistoryWhereItBegan) {
  const FakeServer whole([](Caller caller) {
    (void)caller.request();
    caller.send(wire::LocalReply{{}, {}, events(1, 3)});
  });
  EXPECT_EQ(call({"history", "--json"}, whole).output, lines(events(1, 3)));
  const FakeServer trimmed([](Caller caller) {
    for (const auto& page : {events(11, 12), events(2, 1)}) {
      (void)caller.request();
      caller.send(wire::LocalReply{{}, {}, page});
    }
  });
  EXPECT_EQ(call({"history", "--json"}, trimmed).output, lines(events(11, 12)));
}

TEST(Parkingctl, AsksAProgramThatKnowsNoPagesOnlyOnceMore) {
  const FakeServer server([](Caller caller) {
    while (caller.request()) caller.send(wire::LocalReply{{}, {}, events(11, 12)});
  });
  const auto result = call({"history", "--json"}, server);
  EXPECT_EQ(result.exit_code, exit_done);
  EXPECT_EQ(result.output, lines(events(11, 12)));
}

TEST(Parkingctl, SaysWhyItWasRefused) {
  const FakeServer server(answering({"there is no lane \"x\"", {}, {}}));
  const auto result = call({"sensor", "x", "approach", "on", "--json"}, server);
  EXPECT_EQ(result.exit_code, exit_refused);
  EXPECT_EQ(result.output, R"({"error":"there is no lane \"x\""})"
                           "\n");
  EXPECT_EQ(result.errors, "parkingctl: there is no lane \"x\"\n");
}

TEST(Parkingctl, SaysToPeopleWhyItWasRefusedOnStandardErrorAlone) {
  const FakeServer server(answering({"there is no\x1b[2J lane", {}, {}}));
  const auto result = call({"sensor", "x", "approach", "on"}, server);
  EXPECT_EQ(result.exit_code, exit_refused);
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(result.errors, "parkingctl: there is no?[2J lane\n");
}

TEST(Parkingctl, IsNotFooledByAnAnswerThatSaysNothing) {
  const FakeServer server(answering({}));
  EXPECT_EQ(call({"status"}, server).exit_code, exit_refused);
}

TEST(Parkingctl, PrintsEachChangeUntilTheOtherEndGoes) {
  const FakeServer server([](Caller caller) {
    (void)caller.request();
    caller.send(with_snapshot(sample_gate()));
    caller.send(with_snapshot(sample_office()));
  });
  const auto result = call({"watch", "--json"}, server);
  EXPECT_EQ(result.exit_code, exit_nobody_answers);
  EXPECT_EQ(result.output, to_json(sample_gate()) + "\n" + to_json(sample_office()) + "\n");
  EXPECT_THAT(result.errors, HasSubstr("closed the connection"));
}

TEST(Parkingctl, StopsWatchingWhenAskedTo) {
  const FakeServer server([](Caller caller) {
    (void)caller.request();
    caller.send(with_snapshot(sample_gate()));
    (void)caller.request();  // until the caller goes
  });
  test_support::Process process(test_support::program("parkingctl"),
                                {"--socket", server.socket().string(), "watch"});
  ASSERT_TRUE(process.wait_for_line("82 free", 10s));
  process.terminate();
  EXPECT_EQ(process.wait(2s), exit_done);
  EXPECT_EQ(process.errors(), "");
}

TEST(Nobody, IsASocketThatIsNotThere) {
  const auto result = call({"status"}, "/nowhere/gate.sock");
  EXPECT_EQ(result.exit_code, exit_nobody_answers);
  EXPECT_EQ(result.errors,
            "parkingctl: /nowhere/gate.sock is not there; start the program, or name its socket "
            "with --socket PATH\n");
}

TEST(Nobody, IsASocketWhoseProgramHasGone) {
  const test_support::TempDir folder;
  std::filesystem::path left_behind;
  {
    const FakeServer server([](Caller) {});
    left_behind = folder.path() / "gate.sock";
    std::filesystem::create_hard_link(server.socket(), left_behind);
  }
  const auto result = call({"status"}, left_behind);
  EXPECT_EQ(result.exit_code, exit_nobody_answers);
  EXPECT_THAT(result.errors, HasSubstr("has nobody listening; start the program"));
}

TEST(Nobody, IsAProgramThatKeepsSilent) {
  const FakeServer server([](Caller caller) {
    while (caller.request()) {
    }
  });
  const auto result = call({"status"}, server.socket(), 20ms);
  EXPECT_EQ(result.exit_code, exit_nobody_answers);
  EXPECT_THAT(result.errors, HasSubstr("gives no answer within 20 ms"));
}

TEST(Nobody, IsAProgramThatStopsInTheMiddleOfAnAnswer) {
  const FakeServer server([](Caller caller) {
    (void)caller.request();
    caller.send(std::string("\0\0\1\0half", 8));
    (void)caller.request();
  });
  EXPECT_EQ(call({"status"}, server.socket(), 20ms).exit_code, exit_nobody_answers);
}

TEST(Nobody, IsAProgramThatCloses) {
  const FakeServer server([](Caller caller) { (void)caller.request(); });
  const auto result = call({"status"}, server);
  EXPECT_EQ(result.exit_code, exit_nobody_answers);
  EXPECT_THAT(result.errors, HasSubstr("closed the connection"));
}

TEST(Nobody, IsAProgramThatSpeaksAnotherLanguage) {
  for (const std::string& bytes :
       {std::string("HTTP/1.1 400 Bad Request\r\n\r\n"), std::string("\0\0\0\0", 4),
        std::string("\0\0\0\4\377\377\377\377", 8)}) {
    const FakeServer server([&](Caller caller) {
      (void)caller.request();
      caller.send(bytes);
    });
    const auto result = call({"status"}, server);
    EXPECT_EQ(result.exit_code, exit_nobody_answers);
    EXPECT_THAT(result.errors, HasSubstr("does not speak our language"));
  }
}

TEST(TheProgram, EndsWithTheCodesThatTheInterfacePromises) {
  const test_support::Ctl ctl("/nowhere/gate.sock");
  EXPECT_EQ(ctl.run({"--version"}).exit_code, exit_done);
  EXPECT_EQ(ctl.run({"dance"}).exit_code, exit_wrong_usage);
  EXPECT_EQ(ctl.run({"status"}).exit_code, exit_nobody_answers);
  const FakeServer server(answering(with_snapshot(sample_gate())));
  EXPECT_EQ(test_support::at(test_support::Ctl(server.socket()).status(), "/lot/free"), 82);
}

}  // namespace
}  // namespace parking::ctl
