#include "description.h"
#include "failure.h"

namespace standin {

namespace {

struct TypeRow {
  const char16_t* wireName;
  Type type;
  const char* name;
  unsigned fixedLength;  // bytes (characters for date and time); 0 where the description says it
};

const TypeRow typeRows[] = {
    {u"CHAR", Type::chars, "RFCTYPE_CHAR", 0},          {u"NUM", Type::digits, "RFCTYPE_NUM", 0},
    {u"DATE", Type::date, "RFCTYPE_DATE", 8},           {u"TIME", Type::time, "RFCTYPE_TIME", 6},
    {u"BCD", Type::packed, "RFCTYPE_BCD", 0},           {u"INT", Type::int4, "RFCTYPE_INT", 4},
    {u"INT1", Type::int1, "RFCTYPE_INT1", 1},           {u"INT2", Type::int2, "RFCTYPE_INT2", 2},
    {u"INT8", Type::int8, "RFCTYPE_INT8", 8},           {u"FLOAT", Type::floating, "RFCTYPE_FLOAT", 8},
    {u"BYTE", Type::bytes, "RFCTYPE_BYTE", 0},          {u"STRING", Type::string, "RFCTYPE_STRING", 8},
    {u"XSTRING", Type::xstring, "RFCTYPE_XSTRING", 8},  {u"DECF16", Type::decimal16, "RFCTYPE_DECF16", 8},
    {u"DECF34", Type::decimal34, "RFCTYPE_DECF34", 16}, {u"UTCLONG", Type::utclong, "RFCTYPE_UTCLONG", 8},
    {u"STRUCTURE", Type::structure, "RFCTYPE_STRUCTURE", 0}, {u"TABLE", Type::table, "RFCTYPE_TABLE", 0},
};

const TypeRow& rowOf(const Text& wireName) {
  for (const TypeRow& row : typeRows)
    if (wireName == row.wireName) return row;
  throw Failure(invalidProtocol, "stand-in: unknown type " + toUtf8(wireName), communicationGroup);
}

bool holdsCharacters(Type type) {
  return type == Type::chars || type == Type::digits || type == Type::date || type == Type::time;
}

int directionOf(const Text& name) {
  if (name == u"IMPORT") return importing;
  if (name == u"EXPORT") return exporting;
  return name == u"TABLES" ? tables : changing;
}

using LayoutsByName = std::map<Text, Layout*>;

Field readField(const Json& source, const LayoutsByName& layouts) {
  const TypeRow& row = rowOf(source.textAt(u"type"));
  Field field;
  field.name = source.textAt(u"name");
  field.type = row.type;
  field.length = row.fixedLength > 0 ? row.fixedLength : static_cast<unsigned>(source.numberAt(u"length", 0));
  field.unicodeLength = holdsCharacters(row.type) ? field.length * 2 : field.length;
  field.decimals = static_cast<unsigned>(source.numberAt(u"decimals", 0));
  field.direction = directionOf(source.textAt(u"direction"));
  field.isOptional = source.textAt(u"optional") == u"true";
  field.defaultValue = source.textAt(u"defaultValue");
  field.text = source.textAt(u"text");
  if (const Json* structure = source.find(u"structure")) {
    const auto found = layouts.find(structure->text);
    if (found == layouts.end())
      throw Failure(invalidProtocol, "stand-in: unknown structure " + toUtf8(structure->text), communicationGroup);
    field.layout = found->second;
    field.length = found->second->length;
    field.unicodeLength = found->second->unicodeLength;
  }
  return field;
}

void addFields(Layout& layout, const Json& sources, const LayoutsByName& layouts) {
  for (const Json& source : sources.items) {
    Field field = readField(source, layouts);
    field.offset = layout.length;
    field.unicodeOffset = layout.unicodeLength;
    layout.length += field.length;
    layout.unicodeLength += field.unicodeLength;
    layout.places.emplace(field.name, layout.fields.size());
    layout.fields.push_back(std::move(field));
  }
}

}  // namespace

const char* nameOf(Type type) {
  for (const TypeRow& row : typeRows)
    if (type == row.type) return row.name;
  return "RFCTYPE_NULL";
}

size_t Layout::placeOf(const Text& wanted) const {
  const auto found = places.find(wanted);
  if (found == places.end()) throw Failure(invalidParameter, "field '" + toUtf8(wanted) + "' not found");
  return found->second;
}

const Field& Layout::at(size_t index) const {
  if (index >= fields.size()) throw Failure(invalidParameter, "index " + std::to_string(index) + " is out of range");
  return fields[index];
}

const Layout* Repository::find(const Text& function) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = functions_.find(function);
  return found == functions_.end() ? nullptr : found->second.get();
}

const Layout* Repository::add(const Text& function, const Json& description) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::unique_ptr<Layout>& place = functions_[function];
  // Two threads may have asked at once; the pointer that is out already must stay good.
  if (place != nullptr) return place.get();
  auto layout = std::make_unique<Layout>();
  layout->name = function;
  LayoutsByName layouts;
  if (const Json* structures = description.find(u"structures")) {
    for (const auto& [name, unused] : structures->members) {
      structures_.push_back(std::make_unique<Layout>());
      structures_.back()->name = name;
      layouts[name] = structures_.back().get();
    }
    // A structure stands after the ones it contains.
    for (const auto& [name, fields] : structures->members) addFields(*layouts[name], fields, layouts);
  }
  if (const Json* parameters = description.find(u"parameters")) addFields(*layout, *parameters, layouts);
  place = std::move(layout);
  return place.get();
}

Repository& repositoryOf(const std::string& system) {
  // Never destroyed: threads of the addon may outlive main.
  static auto& mutex = *new std::mutex;
  static auto& repositories = *new std::map<std::string, Repository>;
  const std::lock_guard<std::mutex> lock(mutex);
  return repositories[system];
}

}  // namespace standin
