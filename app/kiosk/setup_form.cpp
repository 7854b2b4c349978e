#include "app/kiosk/setup_form.hpp"

#include <QPointer>

namespace parking::kiosk {
namespace {

using setup::Field;
using setup::Problem;

bool is_port(Field field) {
  return field == Field::Port || field == Field::DiscoveryPort;
}

qsizetype longest(Field field) {
  constexpr qsizetype port = 5;
  constexpr qsizetype gate_name = 32;
  constexpr qsizetype host_name = 253;
  if (is_port(field)) return port;
  return field == Field::Name ? gate_name : host_name;
}

bool may_hold(Field field, QChar c) {
  const bool digit = c >= u'0' && c <= u'9';
  if (is_port(field)) return digit;
  const bool letter = c >= u'a' && c <= u'z';
  return digit || letter || c == u'-' || c == (field == Field::Name ? u'_' : u'.');
}

}  // namespace

SetupForm::SetupForm(RequestSink& sink, QObject* parent) : RowsModel(parent), sink_(sink) {
  // The defaults of gate.toml: right for one machine, and an example of the form for a network.
  assign({{Field::Name, {}, true},
          {Field::Address, QStringLiteral("127.0.0.1"), false},
          {Field::Port, QStringLiteral("7411"), false},
          {Field::DiscoveryAddress, QStringLiteral("127.0.0.1"), false},
          {Field::DiscoveryPort, QStringLiteral("7400"), false}});
}

bool SetupForm::ready() const {
  if (sending_) return false;
  for (int i = 0; i < size(); ++i)
    if (problem(i) != Problem::None) return false;
  return true;
}

void SetupForm::select(Field field) {
  const int wanted = static_cast<int>(field);
  if (wanted < 0 || wanted >= size() || wanted == active_) return;
  auto old = row(active_);
  old.active = false;
  replace(active_, old);
  active_ = wanted;
  auto chosen = row(active_);
  chosen.active = true;
  replace(active_, chosen);
  emit changed();
}

void SetupForm::next() {
  select(static_cast<Field>((active_ + 1) % size()));
}

void SetupForm::press(const QString& key) {
  const QString lower = key.toLower();
  if (lower.size() != 1 || !may_hold(active_field(), lower.front())) return;
  if (active_text().size() < longest(active_field())) edit(active_text() + lower);
}

void SetupForm::erase() {
  edit(active_text().chopped(active_text().isEmpty() ? 0 : 1));
}

void SetupForm::clear() {
  edit({});
}

void SetupForm::start() {
  if (!ready()) return;
  sending_ = true;
  gate_error_.clear();
  wire::SetupRequest request;
  request.gate_id = text_of(Field::Name);
  request.listen = text_of(Field::Address) + ":" + text_of(Field::Port);
  request.discovery = text_of(Field::DiscoveryAddress) + ":" + text_of(Field::DiscoveryPort);
  sink_.send(request, [self = QPointer(this)](const QString& error) {
    if (self) self->finish(error);
  });
  emit changed();
}

void SetupForm::finish(const QString& error) {
  sending_ = false;
  gate_error_ = error;
  emit changed();
}

void SetupForm::edit(const QString& text) {
  if (sending_) return;
  auto changed_row = row(active_);
  changed_row.text = text;
  replace(active_, changed_row);
  gate_error_.clear();
  emit changed();
}

Problem SetupForm::problem(int number) const {
  return check_field(row(number).field, row(number).text.toStdString());
}

std::string SetupForm::text_of(Field field) const {
  return row(static_cast<int>(field)).text.toStdString();
}

QVariant SetupForm::data(const QModelIndex& index, int role) const {
  if (!has(index)) return {};
  const auto& field = row(index.row());
  switch (role) {
    case FieldRole:
      return static_cast<int>(field.field);
    case TextRole:
      return field.text;
    case ProblemRole:
      return static_cast<int>(problem(index.row()));
    case ActiveRole:
      return field.active;
    default:
      return {};
  }
}

QHash<int, QByteArray> SetupForm::roleNames() const {
  return {
      {FieldRole, "field"}, {TextRole, "text"}, {ProblemRole, "problem"}, {ActiveRole, "active"}};
}

}  // namespace parking::kiosk
