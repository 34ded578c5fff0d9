#include "container.h"
#include "convert.h"
#include "failure.h"

namespace standin {

Container::Container(const Layout& layout, bool isTable) : layout_(layout), isTable_(isTable) {
  if (!isTable) values_.resize(layout.fields.size());
}

Container& Container::line() {
  if (!isTable_) return *this;
  if (current_ >= rows_.size()) throw Failure(tableMoveEof, "the table has no current row");
  return *rows_[current_];
}

const Field& Container::fieldNamed(const Unit* name, Type* only) const {
  const Field& field = layout_.fields[layout_.placeOf(textOf(name))];
  if (only != nullptr && field.type != *only)
    throw Failure(invalidParameter, "field '" + utf8Of(name) + "' is no " + nameOf(*only));
  return field;
}

void Container::set(const Field& field, Text kept) {
  Value& value = values_[placeOf(field)];
  value.kept = std::move(kept);
  value.isSet = true;
}

Text Container::get(const Field& field) const {
  if (field.type == Type::structure || field.type == Type::table)
    throw Failure(invalidParameter, "field '" + toUtf8(field.name) + "' has no text");
  const Value& value = values_[placeOf(field)];
  return value.isSet ? value.kept : initialOf(field);
}

Container& Container::part(const Field& field) {
  Value& value = values_[placeOf(field)];
  if (value.part == nullptr) value.part = std::make_unique<Container>(*field.layout, field.type == Type::table);
  return *value.part;
}

Container& Container::append() {
  if (!isTable_) throw Failure(invalidParameter, "only a table has rows");
  rows_.push_back(std::make_unique<Container>(layout_, false));
  current_ = rows_.size() - 1;
  return *rows_.back();
}

void Container::moveTo(size_t row) {
  if (row >= rows_.size()) throw Failure(tableMoveEof, "row " + std::to_string(row) + " does not exist");
  current_ = row;
}

void Container::deleteCurrent() {
  line();
  rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(current_));
  if (current_ > 0 && current_ >= rows_.size()) current_--;
}

void Container::setActive(const Field& field, bool isActive) {
  inactive_.resize(layout_.fields.size());
  inactive_[placeOf(field)] = !isActive;
}

void Container::writeInput(std::string& out) const { writeFields(out, true); }

void Container::writeFields(std::string& out, bool isInput) const {
  bool isFirst = true;
  out += '{';
  for (size_t place = 0; place < values_.size(); place++) {
    const Field& field = layout_.fields[place];
    const Value& value = values_[place];
    if (!value.isSet && value.part == nullptr) continue;
    if (isInput && (!(field.direction & importing) || !isActive(place))) continue;
    if (!isFirst) out += ',';
    isFirst = false;
    writeQuoted(field.name, out);
    out += ':';
    write(field, out);
  }
  out += '}';
}

void Container::write(const Field& field, std::string& out) const {
  const Value& value = values_[placeOf(field)];
  if (value.part == nullptr) return writeQuoted(value.kept, out);
  if (field.type == Type::table) return value.part->writeRows(out);
  value.part->writeFields(out, false);
}

void Container::writeRows(std::string& out) const {
  out += '[';
  for (size_t i = 0; i < rows_.size(); i++) {
    if (i > 0) out += ',';
    if (layout_.isPlain()) writeQuoted(rows_[i]->get(layout_.fields[0]), out);
    else rows_[i]->writeFields(out, false);
  }
  out += ']';
}

void Container::readOutput(const Json& output) {
  for (const auto& [name, value] : output.members) {
    const size_t place = layout_.placeOf(name);
    const Field& field = layout_.fields[place];
    if (!(field.direction & exporting))
      throw Failure(invalidProtocol, "stand-in: " + toUtf8(name) + " is no output parameter", communicationGroup);
    if (isActive(place)) read(field, value);
  }
}

void Container::read(const Field& field, const Json& value) {
  Value& place = values_[placeOf(field)];
  if (field.type == Type::structure || field.type == Type::table) {
    // What came back replaces what was sent, fields that are initial now included.
    place.part = std::make_unique<Container>(*field.layout, field.type == Type::table);
    if (field.type == Type::table) place.part->readRows(value);
    else place.part->readFields(value);
    return;
  }
  if (value.kind != Json::Kind::text && value.kind != Json::Kind::number)
    throw Failure(invalidProtocol, "stand-in: " + toUtf8(field.name) + " is no text", communicationGroup);
  set(field, toKept(field, value.text));
}

void Container::readFields(const Json& fields) {
  for (const auto& [name, value] : fields.members) read(layout_.fields[layout_.placeOf(name)], value);
}

void Container::readRows(const Json& rows) {
  rows_.reserve(rows.items.size());
  for (const Json& row : rows.items) {
    Container& line = append();
    if (layout_.isPlain()) line.read(layout_.fields[0], row);
    else line.readFields(row);
  }
  current_ = 0;
}

}  // namespace standin
