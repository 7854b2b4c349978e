#pragma once

#include <QObject>
#include <QString>
#include <QTime>
#include <string>

#include <QtQml/qqmlregistration.h>

#include "app/core/snapshot.hpp"
#include "app/kiosk/config.hpp"
#include "app/kiosk/demo_board.hpp"
#include "app/kiosk/gate_link.hpp"
#include "app/kiosk/instruction.hpp"
#include "app/kiosk/lane_model.hpp"
#include "app/kiosk/lot_model.hpp"
#include "app/kiosk/peer_model.hpp"
#include "app/kiosk/setup_form.hpp"

namespace parking::kiosk {

/// Everything the screen shows. Fed with snapshots and with the state of the link; knows nothing
/// of sockets.
class ScreenModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("Made by the program")
  Q_PROPERTY(Page page READ page NOTIFY changed)
  Q_PROPERTY(parking::kiosk::instruction::Kind instruction READ instruction NOTIFY changed)
  Q_PROPERTY(parking::kiosk::tone::Kind tone READ tone NOTIFY changed)
  /// The lane this screen stands at, for the words of NoSuchLane.
  Q_PROPERTY(QString laneName READ lane_name CONSTANT)
  Q_PROPERTY(QString gateName READ gate_name NOTIFY changed)
  Q_PROPERTY(bool entriesAllowed READ entries_allowed NOTIFY changed)
  Q_PROPERTY(bool demoAvailable READ demo_available NOTIFY changed)
  Q_PROPERTY(bool demoOpen READ demo_open WRITE set_demo_open NOTIFY demo_open_changed)
  Q_PROPERTY(bool night READ night NOTIFY clock_changed)
  Q_PROPERTY(QString clock READ clock NOTIFY clock_changed)
  Q_PROPERTY(int rotation READ rotation CONSTANT)
  /// The configured language is written from right to left.
  Q_PROPERTY(bool rightToLeft READ right_to_left CONSTANT)
  Q_PROPERTY(parking::kiosk::LotModel* lot READ lot CONSTANT)
  Q_PROPERTY(parking::kiosk::LaneModel* lanes READ lanes CONSTANT)
  Q_PROPERTY(parking::kiosk::PeerModel* peers READ peers CONSTANT)
  Q_PROPERTY(parking::kiosk::SetupForm* setup READ setup CONSTANT)
  Q_PROPERTY(parking::kiosk::DemoBoard* demo READ demo CONSTANT)

public:
  enum class Page { Starting, GateGone, Setup, DriveUp };
  Q_ENUM(Page)

  /// `sink` must outlive the model.
  ScreenModel(Config config, RequestSink& sink, QObject* parent = nullptr);

  void set_snapshot(const core::Snapshot& snapshot);
  void set_link(GateLink::State state);
  /// Local time; for display and for the automatic theme only.
  void set_time(QTime time);

  [[nodiscard]] Page page() const;
  [[nodiscard]] instruction::Kind instruction() const;
  [[nodiscard]] tone::Kind tone() const { return tone_of(instruction()); }
  [[nodiscard]] QString lane_name() const { return QString::fromStdString(config_.lane); }
  [[nodiscard]] QString gate_name() const { return QString::fromStdString(gate_.id); }
  [[nodiscard]] bool entries_allowed() const;
  [[nodiscard]] bool demo_available() const;
  [[nodiscard]] bool demo_open() const { return demo_open_; }
  void set_demo_open(bool open);
  [[nodiscard]] bool night() const { return night_; }
  [[nodiscard]] QString clock() const { return clock_; }
  [[nodiscard]] int rotation() const { return config_.rotation; }
  [[nodiscard]] bool right_to_left() const;
  [[nodiscard]] LotModel* lot() { return &lot_; }
  [[nodiscard]] LaneModel* lanes() { return &lanes_; }
  [[nodiscard]] PeerModel* peers() { return &peers_; }
  [[nodiscard]] SetupForm* setup() { return &setup_; }
  [[nodiscard]] DemoBoard* demo() { return &demo_; }

signals:
  void changed();
  void demo_open_changed();
  void clock_changed();

private:
  /// What `changed` speaks for. A gate repeats itself each second; the screen must not start
  /// working for that.
  struct Shown {
    Page page;
    instruction::Kind instruction;
    std::string gate_name;
    bool entries_allowed;
    bool demo_available;
    bool operator==(const Shown&) const = default;
  };
  [[nodiscard]] Shown shown() const;

  Config config_;
  GateLink::State link_ = GateLink::State::starting;
  core::GateView gate_;
  bool simulated_board_ = false;
  bool demo_open_ = false;
  bool night_ = false;
  QString clock_;
  LotModel lot_;
  LaneModel lanes_;
  PeerModel peers_;
  SetupForm setup_;
  DemoBoard demo_;
};

}  // namespace parking::kiosk
