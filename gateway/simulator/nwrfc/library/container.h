// What functions, structures and tables hold while a call is prepared and read.
#pragma once
#include <memory>
#include <vector>
#include "description.h"

namespace standin {

class Container;

struct Value {
  bool isSet = false;
  Text kept;
  std::unique_ptr<Container> part;  // of a structure or a table, made when it is first asked for
};

// A function's parameters, a structure's fields, or a table: its rows, of which one is current.
class Container {
 public:
  Container(const Layout& layout, bool isTable);

  const Layout& layout() const { return layout_; }

  // Where fields are read and set: of a table its current row, since the addon hands the table itself to the getters.
  Container& line();
  const Field& fieldNamed(const Unit* name, Type* only = nullptr) const;

  void set(const Field& field, Text kept);
  Text get(const Field& field) const;
  Container& part(const Field& field);

  size_t rowCount() const { return rows_.size(); }
  Container& append();
  void moveTo(size_t row);
  void deleteCurrent();

  void setActive(const Field& field, bool isActive);
  bool isActive(size_t place) const { return inactive_.empty() || !inactive_[place]; }

  // Onto the wire: only what was set, is active, and goes into the function.
  void writeInput(std::string& out) const;
  // From the wire: output parameters; what is missing there keeps what it holds.
  void readOutput(const Json& output);

 private:
  size_t placeOf(const Field& field) const { return static_cast<size_t>(&field - layout_.fields.data()); }
  void write(const Field& field, std::string& out) const;
  void writeFields(std::string& out, bool isInput) const;
  void writeRows(std::string& out) const;
  void read(const Field& field, const Json& value);
  void readFields(const Json& fields);
  void readRows(const Json& rows);

  const Layout& layout_;
  const bool isTable_;
  std::vector<Value> values_;
  std::vector<std::unique_ptr<Container>> rows_;
  size_t current_ = 0;
  std::vector<bool> inactive_;
};

}  // namespace standin
