#include "app/gate/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.hpp"

namespace parking::gate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

GateConfig parsed(std::string_view text) {
  auto config = parse_gate_config(text, "gate.toml");
  if (!config) ADD_FAILURE() << testing::PrintToString(config.error());
  return config.value_or(GateConfig{});
}

FaultLines faults(std::string_view text) {
  auto config = parse_gate_config(text, "gate.toml");
  return config ? FaultLines{} : config.error();
}

TEST(AGate, HasADefaultForEverything) {
  const auto config = parsed("");
  EXPECT_EQ(config, GateConfig{});
  EXPECT_EQ(config.listen, (HostPort{"127.0.0.1", 7411}));
  EXPECT_EQ(config.discovery, (HostPort{"127.0.0.1", 7400}));
  EXPECT_EQ(config.state_dir, "/var/lib/parking-gate");
  EXPECT_EQ(config.socket, "/run/parking-gate/gate.sock");
  EXPECT_EQ(config.board.kind, BoardKind::gpiod);
  EXPECT_EQ(config.id, std::nullopt);
}

TEST(AGate, IsReadFromTheWholeDocumentedExample) {
  const auto config = parsed(R"(
[gate]
id = "north"
listen = "127.0.0.1:7411"
advertise = ""
discovery = "127.0.0.1:7400"
state_dir = "/var/lib/parking-gate"
socket = "/run/parking-gate/gate.sock"
[board]
kind = "gpiod"
chip = "auto"
[operator]
pin_hash = ""
[inputs]
fire = { line = "GPIO16", active = "low" }
[outputs]
full_sign = { line = "GPIO20" }
[[lane]]
name = "in"
direction = "entry"
approach = { kind = "beam", line = "GPIO17", active = "low", debounce_ms = 50 }
passage  = { kind = "beam", line = "GPIO27", active = "low" }
barrier  = { kind = "pulse", line = "GPIO22", milliseconds = 500, repeat_s = 10 }
on_fault = "closed"
pass_window_s = 10
merge_ms = 800
[[lane]]
name = "out"
direction = "exit"
approach = { kind = "ultrasonic", trigger = "GPIO23", echo = "GPIO24", nearer_than_cm = 120, trigger_us = 10 }
passage  = { kind = "beam", line = "GPIO5", active = "low" }
barrier  = { kind = "hold", line = "GPIO6" }
[security]
mode = "plain"
)");
  EXPECT_EQ(config.id->text(), "north");
  EXPECT_EQ(config.advertise, std::nullopt);
  EXPECT_EQ(config.fire, (LineConfig{"GPIO16", ActiveLevel::low}));
  EXPECT_THAT(unavailable(config), ElementsAre(StartsWith("inputs.fire: ")))
      << "what is not acted on is said, not hidden";
  EXPECT_EQ(config.outputs.at("full_sign"), (LineConfig{"GPIO20", ActiveLevel::high}));
  EXPECT_EQ(config.security, SecurityMode::plain);
  EXPECT_FALSE(config.is_plain_on_a_network());
  ASSERT_EQ(config.lanes.size(), 2U);
  EXPECT_EQ(config.lanes[0].name, "in");
  EXPECT_EQ(std::get<BeamConfig>(config.lanes[0].approach).line.name, "GPIO17");
  EXPECT_EQ(config.lanes[1].direction, core::LaneDirection::exit);
  EXPECT_EQ(std::get<UltrasonicConfig>(config.lanes[1].approach).echo, "GPIO24");
  EXPECT_EQ(config.lanes[1].barrier.kind, BarrierKind::hold);
}

TEST(AGate, TellsAllFaultsAtOnceInTheirOrder) {
  EXPECT_THAT(
      faults("[gate]\nid = \"North\"\nlissen = \"x\"\n[board]\nkind = \"pico\"\n"
             "[[lane]]\nname = \"in\"\n"),
      ElementsAre(StartsWith("gate.toml:3: gate.lissen: unknown key; use one of: advertise"),
                  StartsWith("gate.toml:2: gate.id: a gate's name is made of"),
                  "gate.toml:5: board.kind: \"pico\" is not one of \"gpiod\", \"simulated\"",
                  StartsWith("gate.toml:6: lane[1].approach: lane \"in\" needs this"),
                  StartsWith("gate.toml:6: lane[1].passage: "),
                  StartsWith("gate.toml:6: lane[1].barrier: ")));
}

TEST(AGate, IsNotCalledOffice) {
  EXPECT_THAT(faults("[gate]\nid = \"office\""),
              ElementsAre(HasSubstr("gate.id: \"office\" is the central Pi's own name")));
}

TEST(AGate, NeedsASecurityModeBeyondLoopback) {
  for (const auto* key : {"listen", "advertise", "discovery"}) {
    const std::string text = "[gate]\n" + std::string(key) + " = \"192.168.1.11:7411\"\n";
    EXPECT_THAT(faults(text),
                ElementsAre("gate.toml:1: security.mode: gate." + std::string(key) +
                            " = \"192.168.1.11:7411\" reaches beyond this machine; set [security] "
                            "mode to \"plain\" (unprotected, for a network of the gates' own) or "
                            "\"tls\" (not available in this version)"));
    EXPECT_THAT(faults(text + "[security]\nmode = \"plain\"\n"), IsEmpty());
  }
}

TEST(AGate, WarnsAboutPlainOnlyOnANetwork) {
  EXPECT_TRUE(parsed("gate = { listen = \"10.0.0.1:7411\" }\nsecurity = { mode = \"plain\" }")
                  .is_plain_on_a_network());
  EXPECT_FALSE(parsed("security = { mode = \"plain\" }").is_plain_on_a_network());
}

TEST(AGate, SaysThatTlsIsNotAvailableYet) {
  EXPECT_THAT(faults("[gate]\nlisten = \"192.168.1.11:7411\"\n[security]\nmode = \"tls\"\n"),
              ElementsAre(StartsWith("gate.toml:4: security.mode: \"tls\" is not available in this "
                                     "version; write \"plain\"")));
  EXPECT_THAT(faults("[security]\nmode = \"none\"\n"),
              ElementsAre("gate.toml:2: security.mode: \"none\" is not one of \"plain\", \"tls\""));
}

TEST(AGate, OnAWildcardAddressTellsOthersWhatToDial) {
  const std::string text = "[security]\nmode = \"plain\"\n[gate]\nlisten = \"0.0.0.0:7411\"\n";
  EXPECT_THAT(faults(text), ElementsAre(StartsWith("gate.toml:3: gate.advertise: ")));
  EXPECT_THAT(faults(text + "advertise = \"\""), ElementsAre(HasSubstr("gate.advertise: ")));
  EXPECT_THAT(faults(text + "advertise = \"0.0.0.0:1\""),
              ElementsAre(HasSubstr("nobody can dial")));
  EXPECT_EQ(parsed(text + "advertise = \"pi:7411\"").reachable_at(), (HostPort{"pi", 7411}));
}

TEST(AGate, ListensOnAnAddressNotOnAName) {
  EXPECT_THAT(faults("[security]\nmode = \"plain\"\n[gate]\nlisten = \"pi:7411\""),
              ElementsAre(StartsWith("gate.toml:4: gate.listen: \"pi\" is a name")));
}

TEST(AGate, DialsNoWildcard) {
  EXPECT_THAT(faults("[gate]\ndiscovery = \"0.0.0.0:7400\""),
              ElementsAre(HasSubstr("gate.discovery: nobody can dial")));
}

TEST(AGate, WithoutAnIdTakesWhatTheSetupPageStored) {
  const test_support::TempDir folder;
  const auto file =
      folder.write("gate.toml", "[gate]\nstate_dir = \"" + folder.path().string() + "\"\n");
  EXPECT_EQ(load_gate_config(file)->id, std::nullopt);

  const auto id = core::GateId::parse("north").value();
  ASSERT_TRUE(save_setup(folder.path(), {id, {"127.0.0.1", 7500}, {"localhost", 7600}}));
  const auto config = load_gate_config(file);
  EXPECT_EQ(config->id, id);
  EXPECT_EQ(config->listen.port, 7500);
  EXPECT_EQ(config->discovery.port, 7600);
}

TEST(AGate, WithAnIdDoesNotLookAtTheSetupFile) {
  const test_support::TempDir folder;
  const auto file = folder.write(
      "gate.toml", "[gate]\nid = \"south\"\nstate_dir = \"" + folder.path().string() + "\"\n");
  (void)folder.write("setup.toml", "damaged");
  EXPECT_EQ(load_gate_config(file)->id->text(), "south");
}

TEST(AGate, HoldsTheSetupFileToTheRulesOfGateToml) {
  const test_support::TempDir folder;
  const auto file =
      folder.write("gate.toml", "[gate]\nstate_dir = \"" + folder.path().string() + "\"\n");
  const auto id = core::GateId::parse("north").value();
  ASSERT_TRUE(save_setup(folder.path(), {id, {"10.0.0.1", 7500}, {"localhost", 7600}}));
  EXPECT_THAT(load_gate_config(file).error(),
              ElementsAre(StartsWith(folder.path().string() + "/setup.toml:1: gate: address = ")));
}

TEST(TheSetupPage, IsToldWhatIsWrong) {
  const GateConfig config;
  const auto fault = [&](auto... texts) { return check_setup(texts..., config).error(); };
  EXPECT_THAT(fault("", "127.0.0.1:1", "127.0.0.1:2"), StartsWith("name: a gate needs a name"));
  EXPECT_THAT(fault("north", "x", "127.0.0.1:2"), StartsWith("address: \"x\" is not HOST:PORT"));
  EXPECT_THAT(fault("north", "127.0.0.1:1", "x"), StartsWith("discovery: \"x\" is not HOST:PORT"));
  EXPECT_THAT(fault("north", "pi:1", "localhost:2"), StartsWith("address: \"pi\" is a name"));
  EXPECT_THAT(fault("north", "0.0.0.0:1", "localhost:2"), HasSubstr("what to dial"));
  EXPECT_THAT(fault("north", "localhost:1", "0.0.0.0:2"), StartsWith("discovery: enter"));
  EXPECT_THAT(fault("north", "localhost:1", "10.0.0.1:2"), HasSubstr("set [security] mode"));
}

TEST(TheSetupPage, MakesAGate) {
  GateConfig config;
  const auto values = check_setup("north", "127.0.0.1:7500", "localhost:7600", config);
  ASSERT_TRUE(values);
  apply_setup(*values, config);
  EXPECT_EQ(config.id->text(), "north");
  EXPECT_EQ(config.listen, (HostPort{"127.0.0.1", 7500}));
  EXPECT_EQ(config.discovery, (HostPort{"localhost", 7600}));
}

}  // namespace
}  // namespace parking::gate
