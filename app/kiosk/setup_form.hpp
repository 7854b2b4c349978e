#pragma once

#include <QString>

#include <QtQml/qqmlregistration.h>

#include "app/kiosk/gate_requests.hpp"
#include "app/kiosk/rows_model.hpp"
#include "app/kiosk/setup_check.hpp"

namespace parking::kiosk {

struct SetupFieldRow {
  setup::Field field = setup::Field::Name;
  QString text;
  bool active = false;
  bool operator==(const SetupFieldRow&) const = default;
};

/// The setup page's five fields, filled in through the keypad, and Start.
class SetupForm : public RowsModel<SetupFieldRow> {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("Part of ScreenModel")
  Q_PROPERTY(parking::kiosk::setup::Field activeField READ active_field NOTIFY changed)
  Q_PROPERTY(QString activeText READ active_text NOTIFY changed)
  Q_PROPERTY(parking::kiosk::setup::Problem activeProblem READ active_problem NOTIFY changed)
  /// Nothing is wrong and nothing is on its way.
  Q_PROPERTY(bool ready READ ready NOTIFY changed)
  Q_PROPERTY(bool sending READ sending NOTIFY changed)
  /// What the gate said against it; empty once anything is changed.
  Q_PROPERTY(QString gateError READ gate_error NOTIFY changed)

public:
  enum Role { FieldRole = Qt::UserRole, TextRole, ProblemRole, ActiveRole };

  /// `sink` must outlive the form.
  explicit SetupForm(RequestSink& sink, QObject* parent = nullptr);

  [[nodiscard]] setup::Field active_field() const { return row(active_).field; }
  [[nodiscard]] QString active_text() const { return row(active_).text; }
  [[nodiscard]] setup::Problem active_problem() const { return problem(active_); }
  [[nodiscard]] bool ready() const;
  [[nodiscard]] bool sending() const { return sending_; }
  [[nodiscard]] QString gate_error() const { return gate_error_; }

  Q_INVOKABLE void select(parking::kiosk::setup::Field field);
  Q_INVOKABLE void next();
  /// One key: its character, if the field has room and could ever hold it.
  Q_INVOKABLE void press(const QString& key);
  Q_INVOKABLE void erase();
  Q_INVOKABLE void clear();
  Q_INVOKABLE void start();

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
  void changed();

private:
  [[nodiscard]] setup::Problem problem(int number) const;
  [[nodiscard]] std::string text_of(setup::Field field) const;
  void edit(const QString& text);
  void finish(const QString& error);

  RequestSink& sink_;
  int active_ = 0;
  bool sending_ = false;
  QString gate_error_;
};

}  // namespace parking::kiosk
