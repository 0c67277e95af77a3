const TIME = /^(?<hours>\d\d):(?<minutes>\d\d)$/;

exports.parseTime = (text) => {
  return TIME.exec(text).groups;
};
